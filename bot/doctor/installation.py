"""What ``focalbot doctor`` looks at: one finding for each thing that an installation needs."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from filelock import FileLock, Timeout
from pydantic import ValidationError

from bot.doctor.backups import examine_backups
from bot.doctor.finding import Finding
        examine_mail(settings),
