"""A made-up Hugo site of any size, the same for one size on every machine."""

import random
from pathlib import Path

WORDS = [
    "patients",
    "therapy",
    "clinical",
    "genomic",
    "biomarker",
    "response",
    "cohort",
    "regimen",
    "dosage",
    "evidence",
    "outcome",
    "molecular",
    "variant",
    "screening",
    "adherence",
    "oncology",
    "metabolic",
    "protein",
    "receptor",
    "immune",
    "safety",
    "efficacy",
    "placebo",
    "endpoint",
    "registry",
    "protocol",
    "diagnosis",
    "treatment",
    "regulator",
    "approval",
    "label",
    "adverse",
    "reaction",
    "monitoring",
    "consent",
    "privacy",
    "data",
    "model",
    "algorithm",
]
TAGS = ("AI", "Oncology", "Genomics", "Real-World Evidence", "Type 2 Diabetes", "Regulation", "C++", "Médecine")
LAYOUTS = {
    "_default/single.html": "<h1>{{ .Title }}</h1><time>{{ .Date }}</time>{{ .Content }}",
    "_default/list.html": '{{ range .Paginator.Pages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}',
}


def make_site(folder: Path, posts: int, body_bytes: int = 8192) -> None:
    """Writes a site with that many posts, each about `body_bytes` long with headings, lists, links, a table and code."""
    chance = random.Random(20240613)  # not for secrets
    content = folder / "content" / "posts"
    content.mkdir(parents=True)
    (folder / "hugo.toml").write_text('baseURL = "https://example.org/"\ntitle = "Bench"\n')
    for name, layout in LAYOUTS.items():
        path = folder / "layouts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(layout)
    for number in range(posts):
        (content / f"post-{number:06}.md").write_text(_post(chance, number, body_bytes), encoding="utf-8")


def _post(chance: random.Random, number: int, body_bytes: int) -> str:
    title = " ".join(chance.choices(WORDS, k=6)).capitalize()
    tags = ", ".join(f'"{tag}"' for tag in chance.sample(TAGS, k=3))
    day = f"{2010 + number % 14}-{number % 12 + 1:02}-{number % 28 + 1:02}"
    head = f'---\ntitle: "{title} {number}"\ndate: {day}T12:00:00+07:00\ndraft: false\ntags: [{tags}]\n---\n\n'
    body = ""
    while len(body) < body_bytes:
        body += _part(chance)
    return head + body


def _part(chance: random.Random) -> str:
    def sentence(words: int) -> str:
        return " ".join(chance.choices(WORDS, k=words)).capitalize() + "."

    paragraph = " ".join(sentence(14) for _ in range(5))
    items = "\n".join(f"- **{sentence(3)}** {sentence(16)}" for _ in range(4))
    table = "| Arm | N | Response |\n| --- | --: | --- |\n" + "".join(
        f"| {chance.choice(WORDS)} | {chance.randrange(999)} | {chance.randrange(99)} % |\n" for _ in range(3)
    )
    return (
        f"## {sentence(4)}\n\n{paragraph} [{sentence(3)}](https://example.org/{chance.choice(WORDS)}/)\n\n{items}\n\n"
        f"![{sentence(4)}](https://res.cloudinary.com/demo/image/upload/v1/{chance.choice(WORDS)}.jpg)\n\n{table}\n"
    )
