"""No model: the most telling phrase of each slot, by rule."""

from collections.abc import Collection, Mapping, Sequence

from python_udfs.description.naming import assign_names, keep_names
from python_udfs.description.wording import SegmentSheet, SegmentText, segment_text


class TemplateProvider:
    """Takes the phrase that sets the segment apart most."""

    source = "template"
    model = "none"
    prompt_version = "1"

    def write(
        self, sheets: Sequence[SegmentSheet], reserved: Collection[str], previous: Mapping[str, str]
    ) -> list[SegmentText]:
        """One text per sheet, as `DescriptionProvider` promises."""
        names = assign_names(keep_names([sheet.names for sheet in sheets], previous), reserved)
        return [segment_text(sheet, names[sheet.segment_key], self.source) for sheet in sheets]
