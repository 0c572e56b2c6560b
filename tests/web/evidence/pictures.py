"""Pictures as a camera would make them, with what cameras write into them."""

from io import BytesIO
from typing import Any

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

TIME = "2021:03:01 10:20:30"
NORTH_EAST: dict[int, Any] = {
    GPS.GPSLatitudeRef: "N",
    GPS.GPSLatitude: (30.0, 15.0, 0.0),
    GPS.GPSLongitudeRef: "E",
    GPS.GPSLongitude: (120.0, 10.0, 12.0),
}


def drawn(color: str = "red", mode: str = "RGB", size: Any = (16, 8)) -> Image.Image:
    return Image.new(mode, size, color)


def exif(*, time: str | None = TIME, place: bool = True, **more: Any) -> Image.Exif:
    """Return what a phone writes: *more* are tags of the picture, by their names."""
    found = Image.Exif()
    found[Base.Make], found[Base.Model] = "Maker", "Phone 7\0"
    for name, value in more.items():
        found[Base[name]] = value
    if time:
        found.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = time
    if place:
        found.get_ifd(IFD.GPSInfo).update(NORTH_EAST)
    return found


def photo(
    form: str = "JPEG", *, image: Image.Image | None = None, **said: Any
) -> bytes:
    """Return a picture that says when and where it was taken, unless told otherwise."""
    options: dict[str, Any] = {"exif": exif(**said).tobytes()}
    if form == "JPEG":
        options["comment"] = b"taken by the neighbour"
    return saved(image or drawn(), form, **options)


def saved(image: Image.Image, form: str, **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, form, **options)
    return file.getvalue()
