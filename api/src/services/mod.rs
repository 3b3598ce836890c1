//! Services, one file per resource: authorize, load, decide, persist.
