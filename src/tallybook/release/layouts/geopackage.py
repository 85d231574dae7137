"""GeoPackage layout: the areas of events as polygons, with their figures in a table beside them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from tallybook.knowledge import Knowledge
from tallybook.release.geometry import points_of, polygon
from tallybook.release.laying import Told, circle, events
from tallybook.release.layout import Laid, Layout, LayoutMapping, Losses
from tallybook.release.records import Edition

AREAS, FIGURES = "incidents", "incident_figures"
SCHEMA = """
create table gpkg_spatial_ref_sys (srs_name text not null, srs_id integer not null primary key,
  organization text not null, organization_coordsys_id integer not null, definition text not null, description text);
create table gpkg_contents (table_name text not null primary key, data_type text not null, identifier text unique,
  description text default '', last_change datetime not null, min_x double, min_y double, max_x double, max_y double,
  srs_id integer, constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
create table gpkg_geometry_columns (table_name text not null, column_name text not null,
  geometry_type_name text not null, srs_id integer not null, z tinyint not null, m tinyint not null,
  constraint pk_geom_cols primary key (table_name, column_name), constraint uk_gc_table_name unique (table_name),
  constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
  constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id));
create table incidents (fid integer primary key autoincrement not null, geom polygon, id text not null,
  event_type text, start date, end date, place text, admin text, country text, precision text, radius_km double,
  sources integer);
create table incident_figures (fid integer primary key autoincrement not null, incident text not null,
  measure text not null, affiliation text not null, low integer, best integer, high integer);
"""
WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinate reference system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
    ("WGS 84 geodetic", 4326, "EPSG", 4326, WGS84, "longitude and latitude in degrees"),
)


def lay(edition: Edition, mapping: LayoutMapping, _knowledge: Knowledge) -> Laid:
    """Lay out an edition as a GeoPackage; the same edition gives the same bytes under the same SQLite."""
    losses = Losses(mapping)
    for claim in edition.claims:
        if claim.scope == "cumulative":
            losses.note(claim.id, "cumulative_toll")
    kept = [told for told in events(edition) if _is_kept(told, losses)]
    rows = [_row(told, mapping, losses) for told in kept]
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for name in ("application_id", "user_version"):
            connection.execute(f"pragma {name} = {int(mapping.codes[name])}")
        connection.executescript(SCHEMA)
        connection.execute("begin")
        connection.executemany("insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)", SYSTEMS)
        _contents(connection, edition, mapping, rows)
        marks = ", ".join("?" * (len(mapping.columns) - 1))
        connection.executemany(f"insert into incidents values (null, {marks})", rows)
        figures = [(t.event.id, b.measure, b.affiliation, b.low, b.best, b.high) for t in kept for b in t.event.figures]
        connection.executemany("insert into incident_figures values (null, ?, ?, ?, ?, ?, ?)", figures)
        connection.execute("commit")
        content = connection.serialize()
    return Laid(content, len(rows), losses)


LAYOUT = Layout("geopackage", "incidents.gpkg", lay)


def _is_kept(told: Told, losses: Losses) -> bool:
    if told.event.parts:
        losses.note(told.event.id, "whole_of_parts")
        return False
    if len(told.claims) > 1:
        losses.note(told.event.id, "claims_flattened")
    return True


def _contents(
    connection: sqlite3.Connection, edition: Edition, mapping: LayoutMapping, rows: list[tuple[object, ...]]
) -> None:
    changed, srs = f"{edition.as_of}T00:00:00.000Z", mapping.codes["srs"]
    corners = list(_corners(rows))
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    box = (min(lons), min(lats), max(lons), max(lats)) if corners else (None,) * 4
    told = "areas in which events were reported to have happened"
    connection.executemany(
        "insert into gpkg_contents values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (AREAS, "features", AREAS, told, changed, *box, srs),
            (FIGURES, "attributes", FIGURES, "what is reported of each", changed, None, None, None, None, None),
        ],
    )
    connection.execute("insert into gpkg_geometry_columns values (?, 'geom', 'POLYGON', ?, 0, 0)", (AREAS, srs))


def _corners(rows: list[tuple[object, ...]]) -> Iterator[tuple[float, float]]:
    for row in rows:
        if isinstance(row[0], bytes):
            yield from points_of(row[0])[:2]


def _row(told: Told, mapping: LayoutMapping, losses: Losses) -> tuple[object, ...]:
    event, where = told.event, told.event.place
    return (
        _area(told, mapping, losses), event.id, event.event_type, event.start, event.end,
        where.name if where else None, "; ".join(where.admin) or None if where else None,
        where.country if where else None, where.precision if where else "unresolved",
        where.radius_km if where else None, len(told.sources),
    )  # fmt: skip


def _area(told: Told, mapping: LayoutMapping, losses: Losses) -> bytes | None:
    where = told.event.place
    if where is None or where.lat is None or where.lon is None:
        losses.note(told.event.id, "no_area")
        return None
    if not where.radius_km:
        losses.note(told.event.id, "no_radius")
    losses.note(told.event.id, "circle_drawn")
    radius = max(where.radius_km or 0.0, mapping.codes["least_radius_km"])
    return polygon(circle(where.lat, where.lon, radius), int(mapping.codes["srs"]))
