"""Places that journeys go to, as longitude and latitude."""

JBER = (-149.8065, 61.2514)
NORILSK = (88.4, 69.49)
NSR = (160.0, 72.2)
YAMAL = (75.0, 66.5)
OPEN_SEA = (-140.0, 76.0)
