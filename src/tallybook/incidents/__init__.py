"""Claims to incidents: which claims, in which reports, are about one event.

Arrives: claims, their documents, judgements. Leaves: incidents with the reasons for every link. Never here: counting,
files, a clock, an order of arrival. A wrong merge hides victims; a wrong split shows them twice.
"""

from tallybook.incidents.link import incident_id, link

__all__ = ["incident_id", "link"]
