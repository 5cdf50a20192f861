"""The employer engagement CRM: records, rules, services and screens."""
