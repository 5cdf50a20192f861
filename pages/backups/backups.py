"""Backups: is there a recent one, was it checked, what is kept, and how one is made and restored."""

import streamlit as st

from crm.db import reading
from crm.models.base import utc_now
from crm.policy import Action
from crm.services import backup_asking, backups
from crm.services.backups import TOO_OLD, Backup
from crm.ui.asked_work import Work, draw_asked
from crm.ui.guard import require_user
from crm.ui.screens import refuse_politely
from crm.ui.tables import Cell, said, summary, table
from crm.ui.words import age, count, moment, size

COLUMNS = ["Made", "Age", "Checked", "Rows", "Trail entries", "Size", "File"]
COMMANDS = """\
python -m crm backup
python -m crm verify-backup FILE
python -m crm restore FILE
"""


def cells(one: Backup) -> tuple[Cell, ...]:
    return (
        moment(one.made_at),
        age(one.made_at, utc_now()),
        moment(one.checked_at),
        one.manifest.rows,
        one.manifest.audit.count,
        size(one.size),
        one.path.name,
    )


def say_how_things_stand(last: Backup) -> None:
    old = age(last.made_at, utc_now())
    if utc_now() - last.made_at > TOO_OLD:
        st.error(
            f"The last backup was made {old}: too long. What was recorded since would be lost with the disk."
        )
    else:
        st.success(f"The last backup was made {old}, and was checked by restoring it.")
    if last.differing:
        st.error(last.differing_words)
    summary(
        [
            ("Made", moment(last.made_at)),
            ("Checked by restoring it", moment(last.checked_at)),
            ("Rows", last.manifest.rows),
            ("Sealed entries of the trail", last.manifest.audit.count),
            ("Last seal", last.manifest.audit.head[:12] or "None"),
        ]
    )


user = require_user()
WORK = Work(
    "backup",
    "Back up now",
    "the backup",
    Action.BACKUPS_RUN,
    lambda session, by: backup_asking.ask(session, by=by),
    lambda session, by: backup_asking.latest_job(session, by=by),
)
with refuse_politely(), reading() as session:
    found = backups.listing(session, by=user)
st.title("Backups", anchor=False)
draw_asked(WORK, user)
if found:
    say_how_things_stand(found[0])
    table(
        "Backups that are kept, the latest first",
        COLUMNS,
        list(map(cells, found)),
        numbers="Rows,Trail entries",
    )
else:
    st.error("There is no backup yet. If the disk breaks, everything is lost.")
st.caption(f"{count(len(found), 'backup')} in all. Kept are the last of 7 days, 4 weeks and 12 months.")
st.header("Commands", anchor=False)
said("Whoever runs the machine makes, checks and restores backups there; docs/operate.md tells how.")
st.code(COMMANDS, language=None, wrap_lines=True)
