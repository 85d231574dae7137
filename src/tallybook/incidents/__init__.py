"""Claims to incidents: which claims, in which reports, are about one event; and victim records to people.

Arrives: claims, victims, their documents, judgements. Leaves: incidents and people with the reasons for every link.
Never here: counting, files, a clock, an order of arrival. A wrong merge hides victims; a wrong split shows them twice.
"""

from tallybook.incidents.certain import incident_id
from tallybook.incidents.link import link
from tallybook.incidents.people import people
from tallybook.incidents.sightings import sightings

__all__ = ["incident_id", "link", "people", "sightings"]
