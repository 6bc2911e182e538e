"""What a document makes of the odd cases that files bring."""

import pickle
from datetime import UTC, date, datetime

import pytest

from posts.document import Document, DocumentError, Format, Value
from posts.document.values import as_text, as_texts, comparable

pytestmark = pytest.mark.pure


def yaml(front: str) -> Document:
    return Document.of(f"---\n{front}---\nBody.\n")


@pytest.mark.parametrize(
    ("text", "form", "body"),
    [
        ("- item\n", Format.NONE, "- item\n"),
        ("{{< figure >}}\n", Format.NONE, "{{< figure >}}\n"),
        ("{% include x %}\n", Format.NONE, "{% include x %}\n"),
        ("----\n", Format.NONE, "----\n"),
        ("", Format.NONE, ""),
        ("\ufeff\n  ---\ntitle: T\n---\nB", Format.YAML, "B"),
        ("--- # made by hand\ntitle: T\n---\nB", Format.YAML, "B"),
        ("---\ntitle: T\n...\nB", Format.YAML, "B"),
        ("---\ntitle: T\n---B", Format.YAML, "B"),
        ("---\n---\n", Format.YAML, ""),
        ("+++\ntitle = 'T'\n+++\nB", Format.TOML, "B"),
        ('{ "title": "T" }\nB', Format.JSON, "B"),
    ],
)
def test_front_matter_is_found_where_hugo_and_jekyll_find_it(text: str, form: Format, body: str) -> None:
    document = Document.of(text)

    assert (document.format, document.body) == (form, body)
    assert document.dump() == text.encode()


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"---\ntitle: T\n", (1, 1)),
        (b"---\rtitle: T\r---\r", (1, 4)),
        (b"---\ntitle: T\n---\nA\xff", (4, 2)),
        (b"---\ntitle: T\n---\nA\0", (4, 2)),
        (b"---\na: 1\ntitle: T\ntitle: U\n---\n", (4, 1)),
        (b"---\na: 1\ntitle: T\nTitle: U\n---\n", (4, 8)),
        (b"---\n- a\n---\n", (2, 1)),
        (b"---\na: [\n---\n", (3, 1)),
        (b"---\na: 1\nb: !!python/name:x y\n---\n", (3, 4)),
        (b"---\na: 1\nb: !!int x\n---\n", (3, 4)),
        (b"---\na: 1\nb: !!int ''\n---\n", (3, 4)),
        (b"+++\na = 1\nb = \n+++\n", (3, 5)),
        (b'{"a": 1,\n"b": x}\n', (2, 6)),
    ],
)
def test_an_unreadable_document_is_refused_at_the_place_of_the_fault(data: bytes, place: tuple[int, int]) -> None:
    with pytest.raises(DocumentError) as refused:
        Document.parse(data)
    assert (refused.value.line, refused.value.column) == place
    assert refused.value.mend


def test_half_of_a_surrogate_pair_is_refused() -> None:
    with pytest.raises(DocumentError, match="surrogate"):
        Document.of("Body \ud800")


def test_documents_and_their_errors_travel_between_processes() -> None:
    document = yaml("title: T\n")
    error = DocumentError(2, 3, "the front matter is a list", "write lines")

    assert pickle.loads(pickle.dumps(document)).get("title") == "T"
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_keys_are_the_text_that_is_written_wherever_they_stand() -> None:
    document = yaml("true: a\ncover: {1: x, null: y}\n010: z\n")

    assert document.values == {"true": "a", "cover": {"1": "x", "null": "y"}, "010": "z"}
    assert document.get("cover.image") is None
    assert document.replace("true", "b").text == "---\ntrue: b\ncover: {1: x, null: y}\n010: z\n---\nBody.\n"


def test_a_key_that_is_an_alias_leaves_the_value_it_stands_for_as_it_is() -> None:
    assert yaml("a: &n 5\n*n : b\n").values == {"a": 5, "5": "b"}


def test_a_plain_text_is_a_number_or_a_truth_where_it_is_one_to_hugo() -> None:
    values = yaml("a: [no, on, 010, 12:30:45, 2026-02-30, 1_000, 0x1f, 0o17, true, ~, 1e3, .5]\n").values
    numbers = yaml("a: [08, -012, +0b1_1, 0_7, 1_, 0x_f, 1__0.5, 01.5, 1.e2, -.5e-1, 1__0, 0, 1e-3, 1.2.3]\n").values

    floats = yaml("a: [.inf, -.INF, +.Inf, .NaN]\n").values

    assert list(map(str, floats["a"])) == ["inf", "-inf", "inf", "nan"]
    assert values["a"] == ["no", "on", 8, "12:30:45", "2026-02-30", 1000, 31, 15, True, None, "1e3", 0.5]
    assert numbers["a"] == ["08", -10, 3, 7, 1, 15, 10.5, 1.5, 100.0, -0.05, 10, 0, "1e-3", "1.2.3"]


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"])
def test_what_ends_a_line_in_yaml_1_1_alone_is_a_character_like_others(mark: str) -> None:
    document = yaml(f"title: a{mark}b\nabout: |\n  c{mark}  d\nx: 1 # one\n")

    assert document.values == {"title": f"a{mark}b", "about": f"c{mark}  d\n", "x": 1}
    assert document.position("x") == (5, 4)
    assert document.remove("title").text == yaml(f"about: |\n  c{mark}  d\nx: 1 # one\n").text


def test_a_tab_may_part_the_dash_of_an_item_from_its_text() -> None:
    document = yaml("tags:\n-\ta\n- \t b\nx: 1\ty\n")

    assert document.values == {"tags": ["a", "b"], "x": "1\ty"}
    assert document.position("x") == (5, 4)
    assert document.remove("x").text == yaml("tags:\n-\ta\n- \t b\n").text


def test_an_alias_is_edited_where_it_stands() -> None:
    document = yaml("base: &b [x] # all\ntags: *b # these\n")

    assert document.position("tags") == (3, 7)
    assert document.replace("tags", ["y"]).text == yaml('base: &b [x] # all\ntags: ["y"] # these\n').text
    assert document.remove("tags").text == yaml("base: &b [x] # all\n").text


@pytest.mark.parametrize(
    "text", ["yes", "on", "2024-01-01", "12:30", "010", "1_000", "null", "1", "a: b", "# a", "", " a", "a ", "a\u200bb"]
)
def test_a_text_that_any_reader_of_yaml_takes_for_something_else_is_quoted(text: str) -> None:
    assert f'title: "{text}"\n' in yaml("title: T\n").replace("title", text).text


@pytest.mark.parametrize(
    ("front", "name", "new", "edited"),
    [
        ("title: Old # said\n", "title", "New", "title: New # said\n"),
        ("title: 'Old'\n", "title", "It's", "title: 'It''s'\n"),
        ("tags:\n- 'a'\n- b\nx: 1\n", "tags", ["c"], "tags:\n- 'c'\nx: 1\n"),
        ("cover: # main\nx: 1\n", "cover", "a.png", "cover: a.png # main\nx: 1\n"),
        ("cover: {image: a} # main\n", "cover.alt", "b, c", 'cover: {image: a, alt: "b, c"} # main\n'),
        ("cover:\n    image: a\n# end\n", "cover.alt", "b", "cover:\n    image: a\n    alt: b\n# end\n"),
        ("Title: Old\n", "title", "New", "Title: New\n"),
        ("{title: T} # all\n", "x", "y", "{title: T, x: y} # all\n"),
        ("# nothing yet\n", "title", "New", "# nothing yet\ntitle: New\n"),
        ("  title: Old # said\n", "x.y", "z", "  title: Old # said\n  x:\n    y: z\n"),
        ("title:   Old # said\n", "title", "New", "title:   New # said\n"),
        ("tags:   ['a'] # these\n", "tags", ["b"], "tags:   ['b'] # these\n"),
        ("cover: {image: a} # main\n", "cover.of.alt", "b", "cover: {image: a, of: {alt: b}} # main\n"),
    ],
)
def test_an_edit_keeps_the_style_that_it_finds(front: str, name: str, new: object, edited: str) -> None:
    assert yaml(front).replace(name, new).text == yaml(edited).text


@pytest.mark.parametrize(
    ("front", "name", "left"),
    [
        ("# first\ncover:\n  image: a # b\nz: 3 # third\n", "cover.image", "# first\nz: 3 # third\n"),
        ("# first\na:\n  b:\n    c: 1\nz: 3 # third\n", "a.b.c", "# first\nz: 3 # third\n"),
        ("cover:\n  image: a # b\n  alt: c # d\nz: 3\n", "cover.image", "cover:\n  alt: c # d\nz: 3\n"),
        ("a: |\n  b\n\n# of z\nz: 3\n", "a", "\n# of z\nz: 3\n"),
        ("a: 1\n", "a", ""),
    ],
)
def test_what_is_removed_takes_the_mapping_along_that_it_empties(front: str, name: str, left: str) -> None:
    assert yaml(front).remove(name).text == yaml(left).text


def test_what_no_splice_can_do_rewrites_its_entry_and_leaves_the_others() -> None:
    document = yaml("# first\ncover: {x: 1, y: 2}\nz: 3 # third\n")

    assert document.remove("cover.x").text == yaml("# first\ncover:\n  y: 2\nz: 3 # third\n").text


def test_a_new_key_takes_the_line_ends_of_the_document() -> None:
    assert Document.of("---\r\n---\r\nB\r\n").replace("title", "T").text == "---\r\ntitle: T\r\n---\r\nB\r\n"
    assert Document.of("+++\r\n+++\r\nB\r\n").replace("title", "T").text == '+++\r\ntitle = "T"\r\n+++\r\nB\r\n'


@pytest.mark.parametrize("head", ["---\ntitle: T\n---", "+++\ntitle = 'T'\n+++", '{"title": "T"}'])
def test_a_body_given_to_a_file_without_a_last_newline_begins_a_line(head: str) -> None:
    assert Document.of(head).with_body("Body.\n").text == f"{head}\nBody.\n"
    assert Document.of(f"{head}Body.").with_body("Body.").text == f"{head}Body."


def test_a_removed_toml_table_leaves_the_comment_of_the_next() -> None:
    document = Document.of("+++\n[cover]\nimage = 'a'\n# for the theme\n[params]\nx = 1\n+++\n")

    assert document.remove("cover.image").text == "+++\n# for the theme\n[params]\nx = 1\n+++\n"


def test_a_toml_value_that_becomes_a_table_stays_on_its_line() -> None:
    document = Document.of("+++\ncover = 'a' # c\ntitle = 'T'\n+++\n")

    assert document.replace("cover", {"image": "b"}).text == "+++\ncover = {image = \"b\"} # c\ntitle = 'T'\n+++\n"


@pytest.mark.parametrize(
    ("front", "name", "new", "edited"),
    [
        ("title = 'T' # c\n", "cover.image", "b", "title = 'T' # c\n\n[cover]\nimage = \"b\"\n"),
        ("cover = 'a' # c\nx = 1\n", "cover.image", "b", 'cover = {image = "b"} # c\nx = 1\n'),
        ("title = 'T'\n", "tags", ["a", "b"], 'title = \'T\'\ntags = ["a", "b"]\n'),
        ("tags = ['x'] # c\n", "tags", ["a", {"b": 1}], 'tags = ["a", {b = 1}] # c\n'),
        ("[cover]\na = 'a' # c\n[p]\nx = 1\n", "cover.a", ["b"], '[cover]\na = ["b"] # c\n[p]\nx = 1\n'),
        ("[cover]\na = 'a'\n[p]\nx = 1 # c\n", "cover", {"a": "b"}, '[cover]\na = "b"\n\n[p]\nx = 1 # c\n'),
    ],
)
def test_an_edit_in_toml_changes_its_own_entry_alone(front: str, name: str, new: Value, edited: str) -> None:
    assert Document.of(f"+++\n{front}+++\nBody.\n").replace(name, new).text == f"+++\n{edited}+++\nBody.\n"


@pytest.mark.parametrize("front", ["title = 'T'\n", "cover = {alt = 'A'}\n", "[cover]\nalt = 'A'\n[params]\nx = 1\n"])
def test_a_value_in_toml_gets_the_tables_that_its_path_needs(front: str) -> None:
    document = Document.of(f"+++\n{front}+++\n")
    edited = document.replace("cover.image.src", "b")

    assert edited.get("cover.image.src") == "b"
    assert edited.remove("cover.image").values == document.values


@pytest.mark.parametrize("name", ["title", "new", "cover.image"])
def test_nothing_is_no_value_that_toml_can_hold(name: str) -> None:
    with pytest.raises(DocumentError, match="cannot hold this value"):
        Document.of("+++\ntitle = 'T'\n+++\n").replace(name, None)


def test_a_toml_key_is_found_in_its_own_table() -> None:
    document = Document.of("+++\n[params]\nimage = 'no'\n[cover]\nimage = 'a'\n+++\n")

    assert document.position("cover.image") == (5, 9)
    assert document.position("params.image") == (3, 9)
    assert Document.of("+++\ncover = {image = 'a'}\n+++\n").position("cover.image") == (2, 9)
    assert document.position("cover") == (4, 1)
    assert Document.of("+++\nx = 1\ncover.image = 'a'\n+++\n").position("cover") == (3, 1)


@pytest.mark.parametrize(
    ("front", "name", "new", "edited"),
    [
        ('{"title": "T", "x": 1}', "title", "U", '{"title": "U", "x": 1}'),
        ('{"cover": {"image": "a"}, "x": 1}', "cover.image", "b", '{"cover": {"image": "b"}, "x": 1}'),
        ('{"title": "T", "x": [1]}', "x", {"y": None}, '{"title": "T", "x": {"y": null}}'),
    ],
)
def test_an_edit_in_json_changes_its_own_value_alone(front: str, name: str, new: object, edited: str) -> None:
    assert Document.of(f"{front}\nBody.\n").replace(name, new).text == f"{edited}\nBody.\n"


@pytest.mark.parametrize(
    "front", ["{}", '{"title": "T"}', '{"cover": "a"}', '{"cover": {}}', '{"cover": {"alt": "A"}}']
)
@pytest.mark.parametrize("front_of_yaml", [False, True])
def test_a_value_gets_the_mappings_that_its_path_needs(front: str, *, front_of_yaml: bool) -> None:
    document = Document.of(f"---\n{front}\n---\n" if front_of_yaml else f"{front}\n")
    edited = document.replace("cover.image.src", "b")

    assert edited.get("cover.image.src") == "b"
    assert edited.get("title") == document.get("title")
    assert edited.get("cover.alt") == document.get("cover.alt")
    assert edited.remove("cover.image.src").get("cover.image") is None


@pytest.mark.parametrize(
    ("front", "name", "left"),
    [
        ('{"a": 1, "b": 2, "c": 3}', "a", '{"b": 2, "c": 3}'),
        ('{"a": 1, "b": 2, "c": 3}', "b", '{"a": 1, "c": 3}'),
        ('{"a": 1, "b": 2, "c": 3}', "c", '{"a": 1, "b": 2}'),
        ('{"a": 1, "b": {"c": 2}}', "b.c", '{"a": 1}'),
        ('{"a": 1, "b": {"c": 2, "d": 3}}', "b.c", '{"a": 1, "b": {"d": 3}}'),
        ('{"a": 1, "b": 2}', "b.c", '{"a": 1, "b": 2}'),
        ('{"a": 1}', "b", '{"a": 1}'),
    ],
)
def test_what_is_removed_from_json_takes_one_comma_along(front: str, name: str, left: str) -> None:
    assert Document.of(f"{front}\nBody.\n").remove(name).text == f"{left}\nBody.\n"


@pytest.mark.parametrize("text", ["---\na: {}\n---\n", '{{"a": {}}}\n'])
def test_lists_may_stand_in_one_another_a_hundred_deep_with_the_mapping_around_them(text: str) -> None:
    assert Document.of(text.format("[" * 99 + "]" * 99)).get("a")
    with pytest.raises(DocumentError, match="nested more than 100 deep"):
        Document.of(text.format("[" * 100 + "]" * 100))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" a\x07b ", "ab"),
        (False, "false"),
        (True, "true"),
        (0.1 + 0.2, "0.3"),
        (7, "7"),
        (date(2024, 6, 13), "2024-06-13"),
        (None, ""),
        (["a"], ""),
        ({}, ""),
    ],
)
def test_a_value_is_shown_as_hugo_writes_it(value: Value, text: str) -> None:
    assert as_text(value) == text
    assert as_texts([value, "b"]) == tuple(filter(None, (text, "b")))


@pytest.mark.parametrize("front", ["".join(f"{' ' * n}a:\n" for n in range(150)), "a: " + "[" * 150 + "]" * 150 + "\n"])
def test_yaml_is_refused_before_its_depth_can_do_harm(front: str) -> None:
    with pytest.raises(DocumentError, match="the YAML is nested more than 100 deep"):
        yaml(front)


def test_values_are_equal_in_every_syntax_that_can_write_them() -> None:
    moment = datetime(2024, 6, 13, 12, tzinfo=UTC)

    assert comparable([moment, {"a": (date(2024, 6, 13), 1.5)}, float("nan")]) == [
        "2024-06-13T12:00:00Z",
        {"a": ["2024-06-13", 1.5]},
        "nan",
    ]


@pytest.mark.parametrize("ending", ["\n---\n", "\n\n---\n", "\n\n"])
def test_front_matter_without_an_opening_line_is_edited_in_its_place(ending: str) -> None:
    document = Document.of(f"title: A\ndate: 2024-01-02\ntags:\n- a{ending}Text\n")

    assert (document.get("title"), document.body) == ("A", "Text\n")
    assert document.position("date") == (2, 7)
    assert document.replace("title", "B").text == f"title: B\ndate: 2024-01-02\ntags:\n- a{ending}Text\n"
    assert document.replace("draft", value=True).get("draft") is True
    assert document.with_body("More\n").body == "More\n"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "title: A\n---\nText",
            "Title: we begin\nwith a line\n---\n",
            "title: A\nDate: x: y\n---\n",
            "title: A\nb: c\n\nText\n",
        ),
        *("date: 2024\na: b\n---\n", "# A\ntitle: b\ndate: c\n---\n", "title: A\ndate: 2024-01-02\n"),
    ],
)
def test_what_only_looks_like_front_matter_is_the_body(text: str) -> None:
    assert Document.of(text).body == text
