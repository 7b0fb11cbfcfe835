"""Who appraises whom."""

from kpi_metrics.superiors import superiors


def owner(owner_id, parent_id, leads=None):
    return owner_id, {"owner_id": owner_id, "parent_id": parent_id, "leads": leads}


PROVINCE = dict(
    [owner("84", None), owner("8401", "84"), owner("8402", "84"), owner("boss", "84", "84"),
     owner("head", "8401", "8401"), owner("second", "8401", "8401"), owner("officer", "8401"), owner("lone", "8402")]
)  # fmt: skip


def named(person, owners=PROVINCE):
    return [found and found["owner_id"] for found in superiors(owners, person)]


def test_the_head_of_the_office_appraises_and_the_head_above_is_next():
    assert named("officer") == ["head", "boss", None]


def test_a_head_is_appraised_from_the_office_above_and_never_by_another_head_of_the_office():
    assert (named("head"), named("second")) == (["boss", None, None], ["boss", None, None])


def test_of_several_heads_the_first_by_position_number_appraises_in_whatever_order_they_are_read():
    assert named("officer", dict(reversed(PROVINCE.items()))) == ["head", "boss", None]


def test_for_an_office_without_a_head_nobody_further_up_appraises():
    assert named("lone") == [None, "boss", None]


def test_nobody_is_above_the_head_at_the_top():
    assert named("boss") == [None, None, None]
