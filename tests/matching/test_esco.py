import zipfile
from pathlib import Path

import pytest

from matching.errors import SourceError
from matching.esco import FAMILIES, MOST_ENTRIES, OCCUPATIONS, SKILLS, read_esco
from matching.esco_weights import BEFORE_ID, esco_weight
from matching.vocabulary import Vocabulary

REAL = Path("../shared/reference/esco")
SKILL_ROWS = (
    "conceptUri,preferredLabel,altLabels,description\na,wash dishes,clean dishes,\nb,dry dishes,,\nc,fly,,\n"
)
FAMILY_ROWS = "conceptUri,broaderUri\na,kitchen\nb,kitchen\na,alone\nc,sky\nkitchen,work\n"
OCCUPATION_ROWS = (
    "occupationUri,relationType,skillUri\n"
    "1,essential,a\n1,essential,a\n1,essential,b\n2,essential,a\n3,optional,a\n"
)
ALL = {SKILLS: SKILL_ROWS, FAMILIES: FAMILY_ROWS, OCCUPATIONS: OCCUPATION_ROWS}


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def test_skills_get_families_and_weights_from_the_relations(tmp_path: Path):
    concepts = {each.concept_id: each for each in read_esco(zipped(tmp_path / "all.zip", ALL))}
    assert list(concepts) == ["a", "b", "c"]
    assert concepts["a"].alternatives == ("clean dishes",)
    assert concepts["a"].weight < concepts["b"].weight
    assert concepts["c"].weight == 1.0
    assert Vocabulary.from_concepts(concepts.values()).related("a") == {"b"}


def test_what_is_only_optional_anywhere_counts_by_its_optional_uses(tmp_path: Path):
    rows = OCCUPATION_ROWS + "1,optional,c\n2,optional,c\n3,optional,b\n"
    concepts = {
        each.concept_id: each for each in read_esco(zipped(tmp_path / "o.zip", ALL | {OCCUPATIONS: rows}))
    }
    assert concepts["c"].weight == concepts["a"].weight < concepts["b"].weight


def test_escos_skills_alone_are_weighed_by_what_was_worked_out_once(tmp_path: Path):
    known = f"{BEFORE_ID}000f1d3d-220f-4789-9c0a-cc742521fb02"
    path = tmp_path / "skills_en.csv"
    path.write_text(
        f"conceptUri,preferredLabel,altLabels,description\n{known},Haskell,,\nnew,fly,,\n", encoding="utf-8"
    )
    weights = {each: concept.weight for each, concept in Vocabulary.from_csv(path).items()}
    assert weights["new"] == 1.0
    assert weights[known] == esco_weight(known) != 1.0


def test_of_several_families_the_smallest_with_company_is_taken(tmp_path: Path):
    [first, *_] = read_esco(zipped(tmp_path / "all.zip", ALL))
    assert first.broader_id == "kitchen"


def test_the_bundle_may_come_in_two_zips_and_in_folders(tmp_path: Path):
    english = zipped(tmp_path / "en.zip", {f"v1/{SKILLS}": SKILL_ROWS})
    relations = zipped(tmp_path / "rel.zip", {name: ALL[name] for name in (FAMILIES, OCCUPATIONS)})
    assert read_esco(english, relations) == read_esco(zipped(tmp_path / "all.zip", ALL))


@pytest.mark.parametrize("missing", [*ALL])
def test_a_missing_part_is_named(tmp_path: Path, missing: str):
    rest = {name: text for name, text in ALL.items() if name != missing}
    with pytest.raises(SourceError, match=missing):
        read_esco(zipped(tmp_path / "part.zip", rest))


def test_something_else_than_a_zip_is_told_apart(tmp_path: Path):
    (tmp_path / "a.zip").write_text("hello", encoding="utf-8")
    with pytest.raises(SourceError, match=r"a\.zip is not a zip file"):
        read_esco(tmp_path / "a.zip")
    with pytest.raises(SourceError, match=r"b\.zip cannot be opened"):
        read_esco(tmp_path / "b.zip")


def test_a_zip_that_swells_too_much_is_not_unpacked(tmp_path: Path):
    with pytest.raises(SourceError, match="swells"):
        read_esco(zipped(tmp_path / "bomb.zip", {SKILLS: "0" * 5_000_000}))


def test_a_zip_with_too_many_files_is_not_unpacked(tmp_path: Path):
    many = {f"{n}.csv": "" for n in range(MOST_ENTRIES + 1)}
    with pytest.raises(SourceError, match="larger than any ESCO download"):
        read_esco(zipped(tmp_path / "many.zip", many))


def test_a_locked_zip_says_so(tmp_path: Path):
    path = zipped(tmp_path / "all.zip", {SKILLS: SKILL_ROWS})
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    with pytest.raises(SourceError, match="password"):
        read_esco(path)


def test_a_damaged_file_inside_the_zip_says_so(tmp_path: Path):
    path = zipped(tmp_path / "all.zip", ALL)
    raw = bytearray(path.read_bytes())
    raw[raw.index(b"PK\x01\x02") + 16] ^= 0xFF
    path.write_bytes(raw)
    with pytest.raises(SourceError, match="damaged"):
        read_esco(path)


@pytest.mark.parametrize("name", [SKILLS, FAMILIES, OCCUPATIONS])
def test_other_columns_under_escos_names_are_refused(tmp_path: Path, name: str):
    with pytest.raises(SourceError, match=f"{name}: line 1 has no column"):
        read_esco(zipped(tmp_path / "odd.zip", ALL | {name: "x,y\n1,2\n"}))


def test_a_line_that_is_cut_short_is_named(tmp_path: Path):
    with pytest.raises(SourceError, match="line 3 is cut short"):
        read_esco(zipped(tmp_path / "odd.zip", ALL | {FAMILIES: "conceptUri,broaderUri\na,kitchen\nb\n"}))


@pytest.mark.reference
@pytest.mark.skipif(not REAL.is_dir(), reason="ESCO's zips of ../shared/reference are not here")
def test_the_published_zips_give_13896_skills_with_the_weights_that_ship():
    concepts = read_esco(*sorted(REAL.glob("*.zip")))
    assert len({each.concept_id for each in concepts}) == 13_896
    assert sum(each.weight for each in concepts) / len(concepts) == pytest.approx(1.0, abs=0.05)
    assert {each.concept_id: esco_weight(each.concept_id) for each in concepts} == {
        each.concept_id: each.weight for each in concepts
    }
