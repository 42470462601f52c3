"""Pictures without what the camera wrote into them: the place, the time, the maker."""

from io import BytesIO
from typing import Any, BinaryIO

from PIL import ExifTags, Image, ImageOps

# Colours look wrong without the profile, films stand still without their times.
KEPT = {
    *("icc_profile", "transparency", "gamma", "background"),
    *("duration", "loop", "disposal", "blend", "default_image"),
}
UPRIGHT = 1
# Twice what the widest screen shows of a picture here. A photo of 12 MB becomes one of 1 MB.
LONGEST_SIDE = 2560
JPEG_QUALITY = 92


def without_metadata(file: BinaryIO, longest_side: int | None = None) -> bytes:
    """The same picture, the right way up, with nothing else in it; not larger than asked."""
    file.seek(0)
    output = BytesIO()
    with Image.open(file) as picture:
        # A phone's JPEG may hold a second, smaller picture (MPO). One is enough.
        picture_format = "JPEG" if picture.format == "MPO" else picture.format
        options = _options(picture, picture_format)
        upright: Image.Image = picture
        if picture.getexif().get(ExifTags.Base.Orientation, UPRIGHT) != UPRIGHT:
            upright = ImageOps.exif_transpose(picture)
        elif picture.format == "JPEG":
            # The quality and colour grid that it had: nothing is lost in an untouched picture.
            options["quality"] = "keep"
        if longest_side and max(upright.size) > longest_side and not options.get("save_all"):
            smaller = ImageOps.contain(upright, (longest_side, longest_side))
            smaller.info = upright.info
            upright = smaller
            if picture_format == "JPEG":
                options["quality"] = JPEG_QUALITY
        upright.info = {key: value for key, value in upright.info.items() if key in KEPT}
        upright.save(output, picture_format, **options)
    return output.getvalue()


def _options(picture: Image.Image, picture_format: str | None) -> dict[str, Any]:
    options: dict[str, Any] = {"exif": b"", "icc_profile": picture.info.get("icc_profile")}
    if picture_format in ("JPEG", "WEBP"):
        options["quality"] = JPEG_QUALITY
    if picture_format == "AVIF":
        options["quality"] = 85
    if picture_format != "JPEG" and getattr(picture, "n_frames", 1) > 1:
        options["save_all"] = True
    return options
