"""The checks that are asked unless the setting says otherwise: rows of a name, what is well, and the function that looks.

All are for people, so that what a site shows when it is imported is what it showed.
"""

from django.utils.translation import gettext_lazy as _

from posts.checks import Check, each, evidence, linking, listing, pictures, wording

CHECKS = (
    Check("text", _("There is a text"), each(wording.empty_page), for_people=True),
    Check("placeholder", _("Nothing is left to be filled in"), each(wording.placeholder), for_people=True),
    Check("lint", _("The lint finds nothing"), each(wording.lint_findings), for_people=True),
    Check("alt", _("Pictures have alternative texts"), each(pictures.without_alt), for_people=True),
    Check("cover", _("The cover is large enough for link previews"), each(pictures.cover), for_people=True),
    Check("picture-host", _("Readers’ browsers may load the pictures"), each(pictures.blocked), for_people=True),
    Check("links", _("Links on the site lead somewhere"), linking.dead_links, for_people=True),
    Check("http", _("Links are encrypted"), each(linking.unencrypted), for_people=True),
    Check("sources", _("Claims have sources"), each(evidence.unsourced_claim), for_people=True),
    Check("source-marks", _("Source marks have their list"), each(evidence.mark_without_list), for_people=True),
    Check("review", _("Medical content is reviewed"), each(evidence.unreviewed), for_people=True),
    Check("title", _("The title fits search results"), each(listing.long_title), for_people=True),
    Check("same-title", _("No other post has its title or slug"), listing.twins, for_people=True),
    Check("description", _("The description fits search results"), each(listing.description), for_people=True),
    Check("tags", _("It has tags"), each(listing.without_tags), for_people=True),
    Check("authors", _("It names its author"), each(listing.without_author), for_people=True),
    Check("date", _("Its date is of today"), each(listing.old_date), for_people=True),
)
