"""An import as it is often written: one `update_or_create` a file, with Python-Markdown and taggit's `set`.

python -m bench.loop SITE
"""

import os
import sys
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")


def main(site: Path) -> None:
    import django

    django.setup()
    import markdown
    import yaml

    from posts.models import Post

    for file in sorted((site / "content").rglob("*.md")):
        _, front, body = file.read_text().split("---\n", 2)
        said = yaml.safe_load(front)
        html = markdown.markdown(body, extensions=["extra", "toc"])
        defaults = {"title": said["title"], "path": f"/posts/{file.stem}/", "date": said["date"], "html": html}
        post, _ = Post.objects.update_or_create(source_path=f"posts/{file.name}", defaults=defaults)
        post.tags.set(said["tags"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
