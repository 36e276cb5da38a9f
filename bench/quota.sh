# shellcheck shell=bash
# Sourced by bench.sh: a cgroup with the CPU that Lambda gives a function of 128 MB.

# Lambda gives a whole CPU with 1,769 MB, and less in proportion: 7.2 % with 128 MB, in slices of 20 ms.
readonly quota_us=1433 period_us=20000
quota_folder=''

# Leaves the cgroup's folder in quota_folder. Says so and fails where none can be made.
begin_quota() {
    local mount
    mount=$(awk '$3 == "cgroup" && $4 ~ /(^|,)cpu(,|$)/ {print $2; exit}' /proc/mounts)
    if [[ -n $mount ]] && begin_folder "$mount" cpu.cfs_quota_us; then
        echo "$period_us" >"$quota_folder/cpu.cfs_period_us"
        echo "$quota_us" >"$quota_folder/cpu.cfs_quota_us"
        return 0
    fi
    mount=$(awk '$3 == "cgroup2" {print $2; exit}' /proc/mounts)
    if [[ -n $mount ]]; then
        { echo +cpu >"$mount/cgroup.subtree_control"; } 2>/dev/null || true
        if begin_folder "$mount" cpu.max; then
            echo "$quota_us $period_us" >"$quota_folder/cpu.max"
            return 0
        fi
    fi
    echo "bench: no cgroup can be made here (it takes root, and the cpu controller), so nothing is measured at 128 MB." >&2
    return 1
}

begin_folder() {
    quota_folder=$1/switchboard-bench-$$
    if mkdir "$quota_folder" 2>/dev/null && [[ -w $quota_folder/$2 ]]; then return 0; fi
    end_quota
    return 1
}

# A process that has just been killed stays in its cgroup for a moment.
end_quota() {
    [[ -n $quota_folder ]] || return 0
    for _ in {1..20}; do
        if [[ ! -d $quota_folder ]] || rmdir "$quota_folder" 2>/dev/null; then break; fi
        sleep 0.1
    done
    quota_folder=''
}
