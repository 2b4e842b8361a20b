"""Runs commands of the Azure CLI one after the other in one process, because most of a command's time is Python's start.

Reads a JSON list of arguments per line. Answers with one JSON line: code, out and err of the command.
Every command gets a CLI of its own, as `python -m azure.cli` makes it.
"""
import io
import json
import os
import sys
import tempfile

answers = os.fdopen(os.dup(1), 'w')
os.dup2(2, 1)

from azure.cli.core import get_default_cli


def run(args):
    out = io.StringIO()
    with tempfile.TemporaryFile() as err:
        kept = os.dup(2)
        os.dup2(err.fileno(), 2)
        try:
            code = get_default_cli().invoke(args, out_file=out)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        finally:
            sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
        err.seek(0)
        said = err.read().decode('utf-8', 'replace')
    return {'code': code or 0, 'out': out.getvalue(), 'err': said}


for line in sys.stdin:
    answers.write(json.dumps(run(json.loads(line))) + '\n')
    answers.flush()
