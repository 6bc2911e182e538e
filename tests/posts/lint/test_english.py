"""MG1, MG7, MG8, MG9 and MG10: what a converter lost, in English."""

import pytest

from posts.lint.english import words
from posts.lint.run_together import parted
from tests.posts.lint.linted import codes, marked, mended

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("lost", "mend"),
    [
        ("in doctors1 clinical notes", "in doctors’ clinical notes"),
        ("the hospital1s annual report", "the hospital’s annual report"),
        ("we don1t know", "we don’t know"),
        ("It1s known", "It’s known"),
        ("after each doctors careful review", "after each doctor’s careful review"),
        ("for a users growing needs", "for a user’s growing needs"),
        ("it doesnt work", "it doesn’t work"),
        ("Youre welcome", "You’re welcome"),
        ("in todays market", "in today’s market"),
        ("because its a drug", "because it’s a drug"),
        ("that its been shown", "that it’s been shown"),
        ("five years experience", "five years’ experience"),
        ("a doctors\ncareful review", "a doctor’s\ncareful review"),
        ("a patients condition, each users needs", "a patient’s condition, each user’s needs"),
        ("the users1 contributions", "the users’ contributions"),
        ("Novartis and Bayer1s new compound", "Novartis and Bayer’s new compound"),
        ("I1ve seen it, I1m sure", "I’ve seen it, I’m sure"),
        ("Youd think they cant know who wont tell", "You’d think they can’t know who won’t tell"),
        ("Im not sure; Im working. Ive been there", "I’m not sure; I’m working. I’ve been there"),
        ("Lets look. Were proud to say so. Well be waiting", "Let’s look. We’re proud to say so. We’ll be waiting"),
        (
            "its possible to wait, its really a drug, its our turn",
            "it’s possible to wait, it’s really a drug, it’s our turn",
        ),
        (
            "its important that its not the last, its no longer so",
            "it’s important that it’s not the last, it’s no longer so",
        ),
        ("But its hard to know the citys history", "But it’s hard to know the city’s history"),
        ("Users cant change it; so its very hard to say", "Users can’t change it; so it’s very hard to say"),
        (
            "its okay to wait, its something, its never too late",
            "it’s okay to wait, it’s something, it’s never too late",
        ),
        ("on each users dashboard, in another companys plan", "on each user’s dashboard, in another company’s plan"),
        ("so Let1s go to Energy1s Solar plant", "so Let’s go to Energy’s Solar plant"),
        ("so lets take a look, one whos always late", "so let’s take a look, one who’s always late"),
        ("the womens ward, shes there", "the women’s ward, she’s there"),
        ("in last years report, this\nmonths news", "in last year’s report, this\nmonth’s news"),
        ("the worlds first, an agencys strategic plan", "the world’s first, an agency’s strategic plan"),
        ("the agencys companys plan", "the agency’s company’s plan"),
    ],
)
def test_a_lost_apostrophe_is_put_back(lost: str, mend: str) -> None:
    assert mended(lost, "MG1") == mend


def test_the_apostrophe_is_the_one_that_the_text_writes() -> None:
    assert mended("it's so, dont ask", "MG1") == "it's so, don't ask"
    assert mended("it’s so, dont ask", "MG1") == "it’s so, don’t ask"


@pytest.mark.parametrize(
    "body",
    [
        "studies1 show that",  # a footnote's number before a verb
        "in patients1, and in doctors2.",
        "two patients1 and three",
        "version2 genetic",
        "a systems engineer and a sales manager",
        "a series of events, a news item",
        "a members only meeting",
        "an operations planning meeting",
        "every patient gains, each doctor knows",
        "its effect, its own, Its an-iron rule, its A record",
        "as trials1 clinical and studies2 found",  # footnotes that lost their markup
        "five years of experience, five years later",
        "the worlds we know",
        "dont-care bits, user.dont, dont() and dont=1",
        "an advisers advisory committee, a citizens advisory committee, a girls high school",
        "two i5s and an i7s, i2s data",
        "the WHOs plan, HES data, an HES code",
        "Jony Ive made it, Sir Jony Ive also said so, Ive designed it",
        "he is wont to cant it, as is their wont",
        "one whos parent left, read this years later, wrote this years ago, all childrens of it, the childrens are",
        "every patients page, each users selected, each users to map, each users need to map, thanks to its easy to use tool",
        "Im Westen nichts Neues, Im(z)",
        "Lets users log in; lets see it; Were they glad? Well, see the well; Well be there; Were costs to rise",
        "its likely effect, its possible side effects, its true value, its important role, its no-show rate, its own",
        "in the last years before, these next weeks, the last months saw, last years",
        "two standbys stood, laybys by roads, the agencys",
    ],
)
def test_what_may_be_right_is_left_alone(body: str) -> None:
    assert "MG1" not in codes(body)


NAMED = "NLP helps. "


def test_the_plural_of_a_name_before_a_noun_is_hinted_at() -> None:
    found_in = marked(f"{NAMED}While NLPs potential is vast, firms govern NLPs use with care.", "MG7")

    assert found_in == ["NLPs", "NLPs"]


@pytest.mark.parametrize(
    "body",
    [
        "The API helps. While APIs potential is vast.",  # never named without an article
        f"{NAMED}These NLPs potential rises.",
        f"{NAMED}NLPs use data.",
        f"{NAMED}NLPs are new.",
        f"{NAMED}NLPs such as this.",
        f"{NAMED}The mentioned NLPs now need a plan.",
        f"{NAMED}It lands NLPs just as people do; see NLPs only there.",
        f"{NAMED}The promise NLPs use the pool.",
        f"{NAMED}NLP's potential.",
    ],
)
def test_a_true_plural_of_an_acronym_is_left_alone(body: str) -> None:
    assert "MG7" not in codes(body)


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("thatmany", ("that", "many")),
        ("theirdata", ("their", "data")),
        ("barriersto", ("barriers", "to")),
        ("communitymaking", ("community", "making")),
        ("resultsshowing", ("results", "showing")),
        ("treatmentfollowing", ("treatment", "following")),
    ],
)
def test_two_words_run_together_are_parted(word: str, parts: tuple[str, str]) -> None:
    assert parted(word) == parts
    assert marked(f"We found {word} in it.", "MG8") == [word]


@pytest.mark.parametrize(
    "word",
    ["codebase", "datasets", "lifecycle", "crowdsourcing", "transformative", "weeklong", "biomarkers", "proteomics"],
)
def test_a_compound_is_one_word(word: str) -> None:
    assert parted(word) is None


@pytest.mark.parametrize(
    "body",
    [
        "thatmany one, thatmany two",
        "Thatmany came",
        "(thatmany)",
        "x-thatmany y",
        "see thatmany.com now",
        "`is thatmany it`",
    ],
)
def test_names_and_what_stands_twice_are_left_alone(body: str) -> None:
    assert "MG8" not in codes(f"We say {body} there.")


@pytest.mark.parametrize(
    "body",
    [
        "It learns from years of clinical data a resource that firms lack.",
        "They rely on proteins molecular machines described by chemists.",
        "The data collected daily from clinics, wards, to homes grows.",
    ],
)
def test_a_noun_phrase_straight_after_another_is_hinted_at(body: str) -> None:
    assert "MG9" in codes(body)


@pytest.mark.parametrize(
    "body",
    [
        "It gives clinical data a purpose that firms lack.",
        "They consider the data a resource that firms lack.",
        "It was a resource that firms lack, with a plan that works.",
        "The ways federal agencies used in trials differ.",
        "It makes users happy people liked by all.",
        "Topics range from genomics, proteomics, to imaging.",
        "It is taken twice a day that is free.",
    ],
)
def test_two_nouns_that_a_verb_takes_are_left_alone(body: str) -> None:
    assert "MG9" not in codes(body)


HEALTH = "Patients get the drug. Clinical treatment begins."


@pytest.mark.parametrize(
    "claim",
    [
        "The drug reduces the risk of stroke",
        "This treatment improves long-term outcomes",
        "It is a safe and effective therapy for patients",
        "The medicine is well tolerated",
        "Reduces hospitalization rates in patients",
    ],
)
def test_a_claim_needs_a_reference(claim: str) -> None:
    assert codes(f"{HEALTH}\n\n{claim}.\n") == ["MG10"]
    for reference in ("[^1]", " [study](https://a.example/)", " [1]", " (Smith et al., 2020)", " <sup>2</sup>"):
        assert codes(f"{HEALTH}\n\n{claim}{reference}.\n") == []


@pytest.mark.parametrize(
    "body",
    [
        "Go on if the drug is well tolerated.",
        "Studies ask whether the drug improves survival.",
        "The drug aims to reduce mortality. We need to\nimprove outcomes.",
    ],
)
def test_what_is_asked_or_wished_is_no_claim(body: str) -> None:
    assert codes(f"{HEALTH}\n\n{body}\n") == []
    assert codes(f"{HEALTH}\n\n{body} It reduces side effects and lowers mortality.\n") == ["MG10"]


def test_claims_are_looked_for_in_texts_on_health_only() -> None:
    assert codes("The parser reduces side effects and improves outcomes.\n") == []


def test_the_words_are_tagged_and_ranked() -> None:
    assert words()["patients"] == "S0"
    assert words()["biological"][0] == "A"
    assert len(words()) > 70_000
