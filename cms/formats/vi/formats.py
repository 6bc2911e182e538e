"""Dates as Vietnamese readers write them in a line of text; Django's begin with a word, "Ngày", that has a capital."""

DATE_FORMAT = r"j \t\há\n\g n, Y"
DATETIME_FORMAT = r"H:i, j \t\há\n\g n, Y"
YEAR_MONTH_FORMAT = r"\T\há\n\g n, Y"
MONTH_DAY_FORMAT = r"j \t\há\n\g n"
