#!/usr/bin/env bash
# One Apache Kafka broker (KRaft, loopback only) for tests and local runs.
#   broker.sh fetch            download the jars into the cache, once per version
#   broker.sh start DIR        prints BOOTSTRAP=host:port; data and logs live in DIR
#   broker.sh stop|crash DIR   orderly stop | kill -9 (start again: same data, same port)
#   broker.sh status DIR       "up PID BOOTSTRAP" or "down" (exit 1)
# STEPPEWATCH_CACHE     where the jars are kept (default ~/.cache/steppewatch)
# STEPPEWATCH_KAFKA_OWNER  pid: the broker is killed when that process ends, however it ends
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
version=$(sed -n 's:.*<kafka.version>\(.*\)</kafka.version>.*:\1:p' "$here/pom.xml")
cache=${STEPPEWATCH_CACHE:-$HOME/.cache/steppewatch}
kafka=$cache/kafka-$version
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
java_options=(-Xms96m -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto
  -Djava.awt.headless=true -Dlog4j.configuration="file:$here/log4j.properties")

die() { echo "broker.sh: $1" >&2; exit "${2:-1}"; }

# The listener ports are the only settings that differ between two brokers.
write_properties() { # file data_dir client_port controller_port
  cat > "$1" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$4
controller.listener.names=CONTROLLER
listeners=PLAINTEXT://127.0.0.1:$3,CONTROLLER://127.0.0.1:$4
advertised.listeners=PLAINTEXT://127.0.0.1:$3
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=$2
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=2
background.threads=2
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
group.initial.rebalance.delay.ms=0
log.segment.bytes=16777216
log.index.size.max.bytes=1048576
log.cleaner.dedupe.buffer.size=4194304
log.cleaner.backoff.ms=500
log.initial.task.delay.ms=500
P
}

# Everything lands in a temporary folder first: an aborted or a second download harms nobody.
fetch() {
  [[ -d $kafka ]] && return
  command -v mvn > /dev/null || die "maven is not installed (apt-get install maven)" 69
  mkdir -p "$cache"
  fetch_alone 9> "$cache/.kafka-lock"
}

fetch_alone() ( # a subshell: its lock and its trap end with it
  flock 9
  [[ -d $kafka ]] && return
  part=$(mktemp -d "$cache/.kafka-part-XXXXXX")
  trap 'rm -rf "$part"' EXIT
  mvn -B -q -ntp -f "$here/pom.xml" -Dmaven.repo.local="$part/repository" \
    dependency:copy-dependencies -DoutputDirectory="$part/kafka/libs" >&2 9>&- ||
    die "fetching Apache Kafka $version failed" 69
  # A formatted, empty data folder: copying it saves each broker one start of a Java machine.
  write_properties "$part/format.properties" "$part/kafka/formatted" 9092 9093
  "$java" "${java_options[@]}" -cp "$part/kafka/libs/*" kafka.tools.StorageTool format \
    -t "$(head -c 16 /dev/urandom | basenc --base64url | tr -d =)" \
    -c "$part/format.properties" > "$part/format.log" 2>&1 9>&- ||
    { cat "$part/format.log" >&2; die "formatting the data folder failed"; }
  mv -T "$part/kafka" "$kafka"
)

port_is_free() { ! (exec 3<> "/dev/tcp/127.0.0.1/$1") 2> /dev/null; }

# Below the kernel's ephemeral range, so that no outgoing connection takes it meanwhile.
free_port() {
  local port
  for _ in {1..100}; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    port_is_free "$port" && { echo "$port"; return; }
  done
  die "no free port"
}

# The process of DIR's pid file, if it is that broker and not a later user of the same number.
running_pid() {
  local pid
  pid=$(cat "$dir/pid" 2> /dev/null) || return 1
  tr '\0' '\n' < "/proc/$pid/cmdline" 2> /dev/null | grep -qxF "$dir/server.properties" || return 1
  echo "$pid"
}

launch() {
  : > "$dir/broker.log"
  setsid "$java" "${java_options[@]}" -cp "$kafka/libs/*" kafka.Kafka "$dir/server.properties" \
    >> "$dir/broker.log" 2>&1 < /dev/null &
  local pid=$!
  echo "$pid" > "$dir/pid"
  if [[ -n ${STEPPEWATCH_KAFKA_OWNER:-} ]]; then
    (setsid bash -c 'tail --pid="$1" -f /dev/null; exec "$2" crash "$3"' _ \
      "$STEPPEWATCH_KAFKA_OWNER" "$here/broker.sh" "$dir" > /dev/null 2>&1 < /dev/null &)
  fi
  for _ in {1..1200}; do
    grep -q 'Kafka Server started' "$dir/broker.log" && return 0
    kill -0 "$pid" 2> /dev/null || return 1
    sleep 0.05
  done
  kill -9 "$pid"
  return 1
}

start() {
  fetch
  mkdir -p "$dir"
  local attempt client controller
  running_pid > /dev/null && { cat "$dir/bootstrap"; return; }
  for attempt in 1 2 3; do
    if [[ ! -d $dir/data ]]; then
      cp -r "$kafka/formatted" "$dir/data"
      client=$(free_port)
      controller=$(free_port)
      write_properties "$dir/server.properties" "$dir/data" "$client" "$controller"
      echo "BOOTSTRAP=127.0.0.1:$client" > "$dir/bootstrap"
    fi
    launch && { cat "$dir/bootstrap"; return; }
    # Only a port taken since it was chosen is worth another try, and only without data.
    grep -q 'Address already in use' "$dir/broker.log" && [[ -z ${kept_data:-} ]] || break
    rm -rf "$dir/data"
  done
  tail -n 30 "$dir/broker.log" >&2
  die "the broker did not start (attempt $attempt)"
}

halt() { # signal
  local pid
  pid=$(running_pid) || { rm -f "$dir/pid"; return 0; }
  kill "-$1" "$pid"
  for _ in {1..400}; do
    running_pid > /dev/null || { rm -f "$dir/pid"; return 0; }
    sleep 0.05
  done
  kill -9 "$pid"
  rm -f "$dir/pid"
}

command=${1:-}
[[ $command = fetch ]] && { fetch; exit; }
[[ -n ${2:-} ]] || die "usage: broker.sh fetch | start|stop|crash|status DIR" 64
if [[ ! -d $2 ]]; then
  [[ $command = status ]] && { echo down; exit 1; }
  [[ $command = start ]] || exit 0
  mkdir -p "$2"
fi
dir=$(cd "$2" && pwd)
[[ -d $dir/data ]] && kept_data=yes
case $command in
  start) start ;;
  stop) halt TERM ;;
  crash) halt KILL ;;
  status)
    pid=$(running_pid) || { echo down; exit 1; }
    echo "up $pid $(cat "$dir/bootstrap")"
    ;;
  *) die "unknown command $command" 64 ;;
esac
