"""The reads of what people decided and said beside the figures: settings, overrides, exclusions, behaviour, remarks, plans."""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from kpi_metrics import metrics
from kpi_metrics.access import Scope
from kpi_metrics.reading import read
from kpi_metrics.store import Store

_NO_SETTINGS = "with current_settings as (select '' as key, '' as value where false)\n"
_ORDER = "owner_id, kpi_id"


def settings(store: Store, scope: Scope, *, as_of: datetime | None = None) -> pd.DataFrame:
    """One row per numeric setting: key, the value in force, and the default that holds where none is stored."""
    with store.reading(as_of) as cursor:
        in_force = cursor.execute(metrics.sql("setting")).df()
        default = cursor.execute(_NO_SETTINGS + metrics.sql("setting")).df()
    return pd.DataFrame({"key": in_force.columns, "value": in_force.iloc[0].array, "default": default.iloc[0].array})


def overrides(
    store: Store, scope: Scope, *, year: int, month: int, as_of: datetime | None = None, owner: str | None = None
) -> pd.DataFrame:
    """One row per score of a month that somebody put in place of the computed one: score, reason, by, recorded_at."""
    relation = "select * from current_overrides"
    return scope.filter(read(store, relation, order=_ORDER, as_of=as_of, year=year, month=month, owner=owner))


def exclusions(
    store: Store, scope: Scope, *, year: int, round_: int, as_of: datetime | None = None, owner: str | None = None
) -> pd.DataFrame:
    """One row per KPI left out of a person's round: reason, by, recorded_at."""
    relation = "select * from current_exclusions"
    return scope.filter(read(store, relation, order=_ORDER, as_of=as_of, year=year, round_=round_, owner=owner))


def behaviour(
    store: Store, scope: Scope, *, year: int, round_: int, as_of: datetime | None = None, owner: str | None = None
) -> pd.DataFrame:
    """One row per person with a behaviour score of the round: score (0..100), note, recorded_at."""
    relation = "select * from current_behaviour"
    return scope.filter(read(store, relation, order="owner_id", as_of=as_of, year=year, round_=round_, owner=owner))


def remarks(
    store: Store, scope: Scope, *, year: int, round_: int, as_of: datetime | None = None, owner: str | None = None
) -> pd.DataFrame:
    """One row per remark on a person's round that was not taken back: part (assessee, assessor, superior), text, by."""
    relation = "select * from current_remarks where text is not null"
    order = "owner_id, list_position(['assessee', 'assessor', 'superior'], part)"
    return scope.filter(read(store, relation, order=order, as_of=as_of, year=year, round_=round_, owner=owner))


def development(
    store: Store, scope: Scope, *, year: int, round_: int, as_of: datetime | None = None, owner: str | None = None
) -> pd.DataFrame:
    """One row per item of a person's development plan of the round: item (from 1), skill, method, period."""
    relation = "select * from current_development where skill is not null"
    order = "owner_id, item"
    return scope.filter(read(store, relation, order=order, as_of=as_of, year=year, round_=round_, owner=owner))
