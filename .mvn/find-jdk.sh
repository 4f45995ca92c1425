# shellcheck shell=sh
# Sourced by ./sluice, ./mvnw and .ci/run: finds a JDK and sets JAVA_HOME to it.
# SLUICE_JDK_FOLDERS, one folder per line, replaces the usual folders; the test of this file uses it.

least_jdk=21

# Prints the major version of the JDK in folder $1; fails where there is none.
jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || return 1
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" | grep .
}

jdk_folders() {
  if [ -n "${SLUICE_JDK_FOLDERS+set}" ]; then
    printf '%s\n' "$SLUICE_JDK_FOLDERS"
    return
  fi
  for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    printf '%s\n' "$folder"
  done
}

# The folder of the JDK that the first java on the PATH belongs to.
jdk_on_path() {
  javac=$(command -v javac) || return 0
  while [ -L "$javac" ]; do
    target=$(readlink "$javac")
    case $target in
      /*) javac=$target ;;
      *) javac=$(dirname "$javac")/$target ;;
    esac
  done
  (cd "$(dirname "$javac")/.." && pwd -P)
}

# JAVA_HOME and the PATH are somebody's choice, and come first; else the newest with long-term
# support (21, 25, …), which build tools know best; else the newest.
find_jdk() {
  for chosen in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
    if major=$(jdk_major "$chosen") && [ "$major" -ge "$least_jdk" ]; then
      JAVA_HOME=$chosen
      export JAVA_HOME
      return
    fi
  done
  newest=$(
    jdk_folders | while IFS= read -r folder; do
      if major=$(jdk_major "$folder") && [ "$major" -ge "$least_jdk" ]; then
        echo "$(((major - 21) % 4 == 0)) $major $folder"
      fi
    done | sort -k 1,1n -k 2,2n | tail -n 1
  )
  if [ -z "$newest" ]; then
    echo "Cannot find a JDK: version $least_jdk or newer is needed. Install one, such as Eclipse" \
      "Temurin 25 (Debian: apt install openjdk-21-jdk, macOS: brew install openjdk), or set" \
      "JAVA_HOME." >&2
    return 3
  fi
  JAVA_HOME=${newest#* * }
  export JAVA_HOME
}
