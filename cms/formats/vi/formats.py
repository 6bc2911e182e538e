"""As Vietnamese readers write it in a line of text: Django's dates begin with a word, "Ngày", that has a capital, and its
large numbers are one string of digits. Moments, which only the admin shows, are written as in English."""

DATE_FORMAT = r"j \t\há\n\g n, Y"
DATETIME_FORMAT = "Y-m-d H:i"
YEAR_MONTH_FORMAT = r"\T\há\n\g n, Y"
MONTH_DAY_FORMAT = r"j \t\há\n\g n"
NUMBER_GROUPING = 3
