"""Building blocks for running text. A block never queries."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]

# Players that show a video without following the visitor, loaded only after a click.
VIDEO_PLAYERS = {
    r"https://(?:www\.)?(?:youtube\.com/watch\?v=|youtu\.be/)([\w-]{6,20})(?:[?&].*)?": (
        "https://www.youtube-nocookie.com/embed/{id}",
        "YouTube",
    ),
    r"https://(?:www\.)?vimeo\.com/(\d{5,15})(?:[/?].*)?": (
        "https://player.vimeo.com/video/{id}?dnt=1",
        "Vimeo",
    ),
}


def video_player(url: str) -> tuple[str, str] | None:
    """The address of the player and the name of its host, or None for any other host."""
    for pattern, (player, host) in VIDEO_PLAYERS.items():
        if match := re.fullmatch(pattern, url, re.ASCII):
            return player.format(id=match[1]), host
    return None


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("heading"), max_length=120)
    anchor = blocks.RegexBlock(
        label=_("anchor"),
        regex=r"^[a-z][a-z0-9-]*$",
        required=False,
        help_text=_("To link to this heading: lower-case letters, digits and hyphens."),
        error_messages={"invalid": _("Use lower-case letters, digits and hyphens.")},
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"


class PictureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("picture"))
    caption = blocks.CharBlock(label=_("caption"), max_length=250, required=False)

    class Meta:
        icon = "image"
        label = _("Picture")
        template = "blocks/picture.html"

    def clean(self, value):
        cleaned = super().clean(value)
        if not cleaned["image"].consent_note:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "image": ValidationError(
                        _("Note first, with the picture itself, who gave permission to use it.")
                    )
                }
            )
        return cleaned


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("quote"), max_length=600)
    role = blocks.CharBlock(
        label=_("who says this"),
        max_length=120,
        help_text=_("A role, not a name: “teacher at a special school”."),
    )

    class Meta:
        icon = "openquote"
        label = _("Quote")
        template = "blocks/quote.html"


class VideoValue(blocks.StructValue):
    @property
    def player(self) -> str:
        return (video_player(self.get("url", "")) or ("", ""))[0]

    @property
    def host(self) -> str:
        return (video_player(self.get("url", "")) or ("", ""))[1]


class VideoBlock(blocks.StructBlock):
    url = blocks.URLBlock(label=_("address of the video"))
    title = blocks.CharBlock(label=_("title"), max_length=120)
    transcript = blocks.TextBlock(
        label=_("what is said"), help_text=_("So that nobody needs to watch it.")
    )

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        value_class = VideoValue

    def clean(self, value):
        cleaned = super().clean(value)
        if video_player(cleaned["url"]) is None:
            raise blocks.StructBlockValidationError(
                block_errors={
                    "url": ValidationError(_("Only videos on YouTube or Vimeo can be shown here."))
                }
            )
        return cleaned


class StoryBlock(blocks.StreamBlock):
    """Running text with what belongs in it."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    picture = PictureBlock()
    quote = QuoteBlock()
    video = VideoBlock()
