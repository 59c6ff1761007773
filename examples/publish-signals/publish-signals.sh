#!/bin/sh
# Publishes one minute of a provider's signals with nothing but the AWS CLI.
#
#   publish-signals.sh STAGE PROVIDER REQUESTS FAILURES CAPACITY [UTILISATION [LATENCY_P99]]
#
# REQUESTS and FAILURES are counts of the last 60 seconds; CAPACITY is requests/s; UTILISATION 0-1; LATENCY_P99 seconds.
# Give "-" for what is not known: a signal that is missing is better than one that is made up.
set -eu

if [ $# -lt 5 ] || [ $# -gt 7 ]; then
  echo "usage: $0 STAGE PROVIDER REQUESTS FAILURES CAPACITY [UTILISATION [LATENCY_P99]]" >&2
  exit 2
fi

stage=$1
provider=$2

for name in "$stage" "$provider"; do
  case $name in
    '' | *[!a-z0-9-]*)
      echo "name: seen \"$name\"; allowed: lower-case letters, digits and hyphens; mend: Write it as it stands in sluice.yaml." >&2
      exit 2
      ;;
  esac
done

number() { # NAME VALUE, which goes into JSON as it stands: 012, .5 and 5. are no numbers there
  case $2 in
    '' | *[!0-9.]* | *.*.* | .* | *. | 0[0-9]*)
      echo "$1: seen \"$2\"; allowed: a number of at least 0 such as 12 or 0.5, without leading zeros, or - for not known; mend: Give one of them." >&2
      exit 2
      ;;
  esac
}

datum() { # NAME VALUE UNIT
  number "$1" "$2"
  printf '{"MetricName":"%s","Value":%s,"Unit":"%s","Dimensions":[{"Name":"Stage","Value":"%s"},{"Name":"Provider","Value":"%s"}]}' \
    "$1" "$2" "$3" "$stage" "$provider"
}

add() { # NAME VALUE UNIT
  if [ "$2" = - ]; then return; fi
  # Of its own line, so that a wrong number ends the script.
  one=$(datum "$@")
  data=${data:+$data,}$one
}

data=
add Requests "$3" Count
add Failures "$4" Count
add Capacity "$5" Count/Second
add Utilisation "${6:--}" None
add LatencyP99 "${7:--}" Seconds

if [ -z "$data" ]; then
  echo "signals: seen - for each; allowed: at least one number; mend: Publish nothing where nothing is known." >&2
  exit 2
fi

# No timestamp: CloudWatch puts in the time at which it received them. One call for all: PutMetricData is billed by the call.
# The region is the home region of the stack; AWS_REGION is not read by every version of the CLI.
aws cloudwatch put-metric-data --namespace Sluice --metric-data "[$data]" --region "${AWS_REGION:-${AWS_DEFAULT_REGION:-us-east-1}}"
