"""Records of attendance: references to what was recorded, and nothing of any body."""

import csv
import re
from io import StringIO

from domain.errors import Invalid

REFERENCES = "attendance is taken as references to records: no biometrics are stored"
TEXTS = ("text/csv", "text/plain")
# A template does not fit into a cell of this length; a reference does.
LONGEST = 200
TELLING = re.compile(
    r"biometr|template|embedding|minutia|iris|retina|finger_?print|face_?(id|print|vec)"
    r"|voice_?print|生物|模板|人脸|指纹|虹膜|声纹",
    re.IGNORECASE,
)


def refuse_biometrics(content: bytes, media_type: str) -> None:
    """Raise unless it is a table of short references, and none of them is to a body.

    Raises:
        Invalid: it is a picture, of a face or not; or it has columns or cells in which
            templates stand.
    """
    if media_type not in TEXTS:
        raise Invalid(
            "file", f"{media_type} is no table of references", rule=REFERENCES
        )
    lines = csv.reader(StringIO(content.decode(), newline=""))
    for number, row in enumerate(lines, 1):
        for cell in row:
            if len(cell) > LONGEST:
                reason = f"line {number}: a cell has more than {LONGEST} characters"
                raise Invalid("file", reason, rule=REFERENCES)
            if number == 1 and TELLING.search(cell):
                reason = f"the column {cell!r} is not taken"
                raise Invalid("file", reason, rule=REFERENCES)
