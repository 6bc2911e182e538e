// Tells the window that waits for it that the person is signed in, and closes this one.

new BroadcastChannel("signed-in").postMessage(true);
window.close();
