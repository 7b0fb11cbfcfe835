"""KPI figures of a provincial office: sheet row → checked record → ledger → SQL metric → page → CSV."""
