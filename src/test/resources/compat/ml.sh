#!/bin/bash
# The guide's az ml commands from training to scoring, by the calls of ml.py ($ML). Runs under `mlops local exec`, in the
# folder of the samples; what each has made is kept in $OUT.
set -euo pipefail

/usr/bin/python3 "$ML" train
/usr/bin/python3 "$ML" deploy model
/usr/bin/python3 "$ML" score
az storage blob download -c mlopsdemotest --account-name stgaccmlops2demodemo -n taxioutput/predictions.csv \
  -f "$OUT/predictions.csv" --auth-mode login --no-progress >/dev/null
