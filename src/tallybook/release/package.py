"""The data package: a Frictionless descriptor of the tables, whose codebook is the help text of the records."""

from __future__ import annotations

from typing import Any

from tallybook.release.tables import TABLES, Table

PROFILE = "tabular-data-package"
"""Source: Frictionless Data, Data Package v1, https://specs.frictionlessdata.io/."""


def datapackage(name: str, title: str, attribution: dict[str, str | None]) -> dict[str, Any]:
    """Return `datapackage.json`: every table with its fields, types, help texts and keys."""
    licence = attribution.get("licence")
    return {
        "profile": PROFILE,
        "name": name,
        "title": title,
        **({"licenses": [{"name": licence}]} if licence else {}),
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "title": table.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [{"name": c.name, "type": c.type, "description": c.help} for c in table.columns()],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.name != "incidents" else {}),
            "foreignKeys": [
                {"fields": column, "reference": {"resource": "" if other == table.name else other, "fields": "id"}}
                for column, other in table.refers
            ],
        },
    }
