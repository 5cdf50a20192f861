"""Pure reading of what people upload: tables and adverts. No database, no screen; imports only crm.errors."""
