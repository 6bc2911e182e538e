"""The admin's moments, as lists, forms and scripts write them too: `2024-06-13 12:00`."""

DATETIME_FORMAT = "Y-m-d H:i"
