"""Whether an imported site is the site that Hugo makes: `make parity SITE=DIR`, explained in docs/parity.md."""
