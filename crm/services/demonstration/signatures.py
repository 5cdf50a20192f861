"""The demonstration's signed agreements, word for word as they were signed, and who signed them."""

from datetime import date

from crm.models.agreement_choices import AgreementStage, SignatureSide, SignedHow
from crm.models.agreement_papers import SignatureInput
from crm.models.agreements import Agreement
from crm.services import agreement_signing, agreement_versions
from crm.services.demonstration.agreements import path_of
from crm.services.demonstration.files import rows
from crm.services.demonstration.scene import Scene

_AGREED_SINCE = {("gingerbread", "guaranteed_interview"): {"vacancy_notice_days": 14}}
"""What was changed after the signature, so that there is something to tell."""

_OFFICER = "officer"


def load_signatures(scene: Scene) -> None:
    """Freeze what was signed or renewed on its day, with both signatures; then change what changed since."""
    for row in rows("agreements"):
        agreement = scene.session.get_one(Agreement, scene.agreements[row["employer"], row["kind"]])
        for stage, reached in path_of(scene, row):
            if stage in agreement_signing.SIGNED_AT:
                _freeze(scene, row, agreement, stage, reached)
        for name, value in _AGREED_SINCE.get((row["employer"], row["kind"]), {}).items():
            setattr(agreement, name, value)
    scene.session.flush()


def _freeze(scene: Scene, row: dict[str, str], agreement: Agreement, stage: AgreementStage, on: date) -> None:
    by = scene.staff[_OFFICER]
    version = agreement_versions.freeze(scene.session, agreement, at_stage=stage, by=by, today=on)
    if stage is not AgreementStage.SIGNED:
        return
    for side, column in ((SignatureSide.EMPLOYER, "signed_by"), (SignatureSide.US, "signed_for_us")):
        name, _, role = row[column].partition(", ")
        new = SignatureInput(side=side, name=name, role=role, signed_on=on, how=SignedHow.ON_PAPER)
        agreement_signing.sign(scene.session, version.key, new, by=by, today=scene.today)
