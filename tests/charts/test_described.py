"""Tests of what readers' aids tell of a chart's shapes."""

from charts.described import described

SALES = {"field": "sales", "type": "quantitative", "title": "Net sales", "format": "$,.0f"}
NAME = {"field": "name", "type": "nominal", "title": "Account's name"}


def test_a_shape_is_told_by_the_lines_of_its_tooltip() -> None:
    layer = described({"mark": {"type": "bar"}, "encoding": {"tooltip": [NAME, SALES]}})
    assert layer["mark"]["description"]["expr"] == (
        '"Account\'s name: " + (isValid(datum["name"]) ? datum["name"] : \'–\') + \'; \' + '
        '"Net sales: " + (isValid(datum["sales"]) ? format(datum["sales"], "$,.0f") : \'–\')'
    )


def test_a_label_is_for_the_eye_alone() -> None:
    assert described({"mark": "text", "encoding": {"text": {"field": "name"}}})["mark"] == {"type": "text", "aria": False}


def test_layers_around_shapes_stay_as_they_are() -> None:
    assert described({"layer": []}) == {"layer": []}
