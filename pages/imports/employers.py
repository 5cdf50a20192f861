"""Import a list of employers: choose the file and its columns, see what would happen, then take it in."""

from crm.models.imports import ImportKind
from crm.ui.guard import require_user
from crm.ui.list_importing import draw_import

user = require_user()
draw_import(ImportKind.EMPLOYERS, user)
