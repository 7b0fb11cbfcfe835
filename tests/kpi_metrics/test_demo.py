"""The demo province: what its CSV files hold, read as any office's files would be."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from kpi_metrics import cascade, demo, demo_story
from kpi_metrics.access import EVERYTHING
from kpi_metrics.demo_files import read_rows
from kpi_metrics.demo_load import load_demo
from kpi_metrics.store import Store

LAST_MONTH = {2568: 12, 2569: 8}


class Files:
    """The committed tables as rows, and the few views of them the claims below need."""

    def __init__(self, folder: Path) -> None:
        self.owners = read_rows(folder / "owners.csv")
        self.people = read_rows(folder / "people.csv")
        self.kpis = {(int(row["fiscal_year"]), row["kpi_id"]): row for row in read_rows(folder / "kpis.csv")}
        self.targets = self._table("targets_*.csv")
        self.results = [
            row for batch in demo.batches(folder) for path in batch.files if path.name.startswith("results")
            for row in read_rows(path)
        ]  # fmt: skip
        self.officers = {row["owner_id"] for row in self.people if not row["leads"]}
        self.districts = {row["owner_id"] for row in self.owners if row["kind"] == "district"}
        self._folder = folder

    def _table(self, pattern: str) -> list[dict[str, str]]:
        return [row for path in sorted(demo.FOLDER.glob(pattern)) for row in read_rows(path)]

    def parents(self, year: int) -> dict[str, str]:
        """Owner -> parent on the last day of the year's last reported month."""
        parents = {row["owner_id"]: row["parent_id"] for row in self.owners}
        for row in self.people:
            if row["from_date"] <= f"{year - 543}-05-31":
                parents[row["owner_id"]] = row["parent_id"]
        return parents

    def held(self, year: int) -> dict[tuple[str, str], dict[str, str]]:
        """(owner, KPI) -> the target version in force in the year's last reported month; blanks inherited."""
        held: dict[tuple[str, str], dict[str, str]] = {}
        for row in sorted(self.targets, key=lambda row: row["from_date"]):
            if int(row["fiscal_year"]) == year:
                key = row["owner_id"], row["kpi_id"]
                held[key] = held.get(key, {}) | {name: value for name, value in row.items() if value}
        return held

    def entries(self, year: int) -> dict[tuple[str, str, int], dict[str, str]]:
        """(owner, KPI, month) -> the newest row with a figure; what was withdrawn is gone."""
        entries: dict[tuple[str, str, int], dict[str, str]] = {}
        for row in self.results:
            key = row["owner_id"], row["kpi_id"], int(row["month"])
            if int(row["fiscal_year"]) != year:
                continue
            if row["value"] == "withdrawn":
                entries.pop(key)
            elif row["value"] or row["numerator"]:
                entries[key] = row
        return entries


@pytest.fixture(scope="module")
def files() -> Files:
    return Files(demo.FOLDER)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store.open(tmp_path_factory.mktemp("demo") / "kpi.duckdb") as store:
        load_demo(store)
        yield store


def find_faults(files: Files, year: int) -> set[demo.Planted]:
    """The cascade checks of a year, computed in the plainest way; groups hold what they lead, so only districts lack."""
    parents, held, found = files.parents(year), files.held(year), set()

    def ancestors(owner: str) -> list[str]:
        return [parents[owner], *ancestors(parents[owner])] if parents[owner] else []

    below = defaultdict(set)
    for owner, kpi in held:
        for ancestor in ancestors(owner):
            below[ancestor].add(kpi)
    for (owner, kpi), target in held.items():
        fact = files.kpis[year, kpi]
        children = [held[child, kpi] for child, parent in parents.items() if parent == owner and (child, kpi) in held]
        difference = sum(float(child["target"]) for child in children) - float(target["target"])
        if children and fact["roll_up"] == "sum" and difference:
            fault = "over_allocated" if difference > 0 else "unallocated"
            found.add(demo.Planted(fault, year, owner, kpi, difference))
        for child, parent in parents.items():
            if parent == owner and child in files.districts and (child, kpi) not in held:
                found.add(demo.Planted("no_target", year, child, kpi))
        linked = {kpi} | {
            row["kpi_id"] for (y, _), row in files.kpis.items() if y == year and row["parent_kpi_id"] == kpi
        }
        is_person = owner in files.officers
        if not is_person and not linked & below[owner]:
            found.add(demo.Planted("reaches_nobody", year, owner, kpi))
        upward = {kpi, fact["parent_kpi_id"]}
        if is_person and not any((ancestor, k) in held for ancestor in ancestors(owner) for k in upward):
            found.add(demo.Planted("not_linked", year, owner, kpi))
    for owner in {owner for owner, _ in held}:
        own = [target for (holder, _), target in held.items() if holder == owner]
        weight = sum(float(target["weight"]) for target in own)
        prescribed = sum(target.get("prescribed") == "yes" for target in own)
        if weight != 100:
            found.add(demo.Planted("weights_off_100", year, owner, None, weight - 100))
        if owner in files.officers and not 4 <= len(own) <= 7:
            limit, fault = (4, "few_kpis") if len(own) < 4 else (7, "many_kpis")
            found.add(demo.Planted(fault, year, owner, None, len(own) - limit))
        if owner in files.officers and prescribed < 4:
            found.add(demo.Planted("few_prescribed", year, owner, None, prescribed - 4))
    entries = files.entries(year)
    for owner, kpi in {(owner, kpi) for owner, kpi, _ in entries if owner not in files.officers}:
        own = sum(float(row["value"] or 0) for (o, k, _), row in entries.items() if (o, k) == (owner, kpi))
        theirs = [row for (o, k, _), row in entries.items() if k == kpi and parents[o] == owner]
        if theirs:
            difference = own - sum(float(row["value"] or 0) for row in theirs)
            found.add(demo.Planted("own_against_children", year, owner, kpi, difference))
    return found


def test_the_seed_makes_the_committed_files(tmp_path):
    demo.generate(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in demo.FOLDER.glob("*.csv")}


def test_another_seed_makes_another_life_of_the_same_offices(tmp_path):
    demo.generate(tmp_path, seed=1)
    assert (tmp_path / "owners.csv").read_bytes() == (demo.FOLDER / "owners.csv").read_bytes()
    assert (tmp_path / "results_2569_08.csv").read_bytes() != (demo.FOLDER / "results_2569_08.csv").read_bytes()


def test_every_file_is_in_one_batch_and_the_batches_are_in_order_of_time():
    batches = list(demo.batches())
    names = [path.name for batch in batches for path in batch.files]
    assert sorted([*names, "batches.csv"]) == sorted(path.name for path in demo.FOLDER.glob("*.csv"))
    times = [batch.recorded_at for batch in batches]
    assert times == sorted(set(times))
    assert times[-1] < demo.NOW


def test_the_province_has_19_districts_and_5_groups(files):
    assert Counter(row["kind"] for row in files.owners) == {"province": 1, "district": 19, "group": 5}


def test_each_year_has_14_works_and_30_kpis_with_weights_of_100(files):
    for year in LAST_MONTH:
        kpis = [row for (y, _), row in files.kpis.items() if y == year]
        assert (len({row["work_id"] for row in kpis}), len(kpis)) == (14, 30)
        assert sum(float(row["weight"]) for row in kpis) == 100


def test_about_140_people_have_evidently_made_up_names(files):
    names = {row["owner_id"]: row["name_th"] for row in files.people}
    assert 135 <= len(names) <= 145
    assert len(set(names.values())) == len(names)
    assert all("ตัวอย่าง " in name for name in names.values())


def test_one_person_moved_in_april(files):
    places = [row for row in files.people if row["owner_id"] == demo_story.MOVED]
    assert [(row["parent_id"], row["from_date"], row["to_date"]) for row in places] == [
        ("8401", "2024-10-01", "2026-03-31"),
        ("8402", "2026-04-01", ""),
    ]
    assert len(files.people) == len({row["owner_id"] for row in files.people}) + 1


def test_one_person_has_nine_kpis_and_one_a_set_of_its_own_choice(files):
    held = files.held(2569)
    assert sum(owner == demo_story.NINE_KPIS for owner, _ in held) == 9
    assert {row["prescribed"] for (owner, _), row in held.items() if owner == demo_story.SELF_CHOSEN} == {"no"}


def test_one_person_is_a_government_employee(files):
    employees = [row["owner_id"] for row in files.people if row["personnel_type"] == "government_employee"]
    assert employees == [demo_story.GOVERNMENT_EMPLOYEE]


def test_a_hundred_people_report_four_to_nine_kpis_every_month(files):
    for year, last in LAST_MONTH.items():
        entries = files.entries(year)
        months = range(1, last + 1)
        steady = {
            person
            for person in files.officers
            if all(4 <= sum(o == person and m == month for o, _, m in entries) <= 9 for month in months)
        }
        assert len(steady) >= 100, year


def test_people_report_ten_thousand_entries(files):
    assert sum(owner in files.officers for year in LAST_MONTH for owner, _, _ in files.entries(year)) >= 10_000


def test_twenty_kpis_of_a_district_are_rolled_up_from_its_people(files):
    parents, entries = files.parents(2569), files.entries(2569)
    own = {(owner, kpi) for owner, kpi, _ in entries}
    rolled_up = {kpi for owner, kpi in own if parents[owner] in files.districts and (parents[owner], kpi) not in own}
    assert len(rolled_up) >= 20


@pytest.mark.parametrize("year", LAST_MONTH)
def test_the_faults_of_the_cascade_are_those_planted(files, year):
    assert find_faults(files, year) == {planted for planted in demo.PLANTED if planted.fiscal_year == year}


@pytest.mark.parametrize("year", LAST_MONTH)
def test_the_checks_find_what_was_planted_and_nothing_else(store, year):
    found = cascade.checks(store, EVERYTHING, year=year, month=LAST_MONTH[year])
    rows = found[["check", "fiscal_year", "owner_id", "kpi_id", "difference"]].astype(object)
    planted = [p for p in demo.PLANTED if p.fiscal_year == year]
    assert sorted(rows.where(rows.notna(), None).itertuples(index=False, name=None), key=str) == sorted(
        ((p.fault, year, p.owner_id, p.kpi_id, p.difference) for p in planted), key=str
    )


@pytest.mark.parametrize("year", LAST_MONTH)
def test_entries_are_only_of_kpis_the_owner_holds(files, year):
    withdrawn = {(row["owner_id"], row["kpi_id"]) for row in files.results if row["value"] == "withdrawn"}
    assert {(owner, kpi) for owner, kpi, _ in files.entries(year)} - withdrawn <= set(files.held(year))


def test_no_entry_needs_correction_by_the_checks_of_an_import(files):
    for row in files.results:
        if row["value"] not in ("", "withdrawn"):
            assert float(row["value"]) >= 0
            assert not row["numerator"]
        if row["numerator"]:
            assert 0 <= float(row["numerator"]) <= float(row["denominator"])
            assert float(row["denominator"]) > 0 or row["numerator"] == "0"
        if files.kpis[int(row["fiscal_year"]), row["kpi_id"]]["measure"] == "milestone" and row["value"]:
            assert float(row["value"]) in range(6)


def test_some_districts_were_late_and_one_has_sent_nothing_for_may(files):
    parents = files.parents(2569)
    sent = {parents[row["owner_id"]] for row in read_rows(demo.FOLDER / "results_2569_08.csv")}
    late = {parents[row["owner_id"]] for row in read_rows(demo.FOLDER / "results_2569_08_late.csv")}
    assert late & files.districts == {"8406", "8417"}
    assert files.districts - sent - late == {"8418"}


def test_some_entries_were_corrected_and_one_was_withdrawn(files):
    keys = Counter((r["fiscal_year"], r["month"], r["kpi_id"], r["owner_id"]) for r in files.results)
    assert sum(count > 1 for count in keys.values()) >= 10
    assert sum(row["value"] == "withdrawn" for row in files.results) == 1


def test_one_district_and_its_people_had_a_target_revised_in_april(files):
    revised = [row for row in files.targets if row["from_date"] == "2026-04-01" and row["kpi_id"] == "11.2"]
    parents = files.parents(2569)
    assert {parents[row["owner_id"]] for row in revised} == {"84", "8411"}
    assert all(row["reason"] and row["approved_by"] and row["document_no"] for row in revised)


def test_some_people_did_more_than_their_whole_target(files):
    held, done = files.held(2568), defaultdict(float)
    for (owner, kpi, _), row in files.entries(2568).items():
        if files.kpis[2568, kpi]["entry"] == "increment" and files.kpis[2568, kpi]["direction"] == "up":
            done[owner, kpi] += float(row["value"])
    assert any(result > 1.1 * float(held[key]["target"]) for key, result in done.items())


def test_nobody_has_reported_some_kpis_of_a_district_in_2569(files):
    entries = {(files.parents(2569)[owner], kpi) for owner, kpi, _ in files.entries(2569)}
    assert not demo_story.NEVER_REPORTED & entries


def test_somebody_had_nobody_to_help(files):
    assert any(row["denominator"] == "0" and row["kpi_id"] == "12.1" for row in files.entries(2569).values())


def test_the_closed_year_has_behaviour_of_everybody_in_both_rounds(files):
    everybody = {row["owner_id"] for row in files.people}
    for number in (1, 2):
        assert {row["owner_id"] for row in read_rows(demo.FOLDER / f"behaviour_2568_{number}.csv")} == everybody


def test_the_whole_demo_is_small():
    assert sum(path.stat().st_size for path in demo.FOLDER.glob("*.csv")) < 4_000_000
