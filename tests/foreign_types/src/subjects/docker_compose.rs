//! Services: a union in almost every field, flattened extensions with checked names.

use docker_compose_types::{Compose, ComposeFile, Ports, Service, SingleService};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky Compose = [SHORT, LONG],
        tricky ComposeFile = [SHORT],
        tricky Service = [SERVICE],
        tricky SingleService = [r#"{"service":{"image":"tea","scale":2,"group_add":["tea",1000]}}"#],
        tricky Ports = [r#"["80:80"]"#, r#"[{"target":80,"published":"8000-8080","protocol":"tcp"},{"target":81,"published":82}]"#],
    ]
}

const SHORT: &str = r#"{
  "version": "3.8",
  "services": {
    "web": {
      "image": "tea:1", "ports": ["80:80", "443:443"], "environment": ["A=1", "B=2"], "depends_on": ["db"],
      "volumes": ["/data:/data"], "command": "serve", "networks": ["front"], "restart": "always", "privileged": false
    },
    "db": {"image": "postgres", "environment": {"POSTGRES_PASSWORD": "x", "PORT": 5432, "DEBUG": true, "NONE": null}}
  },
  "volumes": {"data": {"driver": "local", "labels": ["a=b"]}, "other": null},
  "x-note": {"any": "thing"}
}"#;

const LONG: &str = r#"{
  "name": "tea",
  "include": [{"path": ["a.yml", "b.yml"], "project_directory": "."}],
  "services": {
    "web": {
      "build": {"context": ".", "dockerfile": "Dockerfile", "args": {"V": "1"}, "shm_size": 64, "cache_from": ["tea:cache"]},
      "healthcheck": {"test": ["CMD", "true"], "interval": "10s", "retries": 3, "disable": false},
      "deploy": {
        "mode": "replicated", "replicas": 2, "labels": ["x=y"],
        "resources": {"limits": {"cpus": "0.5", "memory": "50M", "devices": [{"driver": "nvidia", "count": "all", "capabilities": ["gpu"]}]}},
        "restart_policy": {"condition": "on-failure", "max_attempts": 3},
        "placement": {"constraints": ["node.role==manager"], "preferences": [{"spread": "zone"}]},
        "update_config": {"parallelism": 2, "max_failure_ratio": 0.5}
      },
      "ports": [{"target": 80, "published": 8080, "protocol": "tcp"}],
      "depends_on": {"db": {"condition": "service_healthy", "required": true}},
      "volumes": [{"type": "bind", "source": "/a", "target": "/b", "read_only": true, "bind": {"create_host_path": true}}],
      "networks": {"front": {"aliases": ["www"], "ipv4_address": "10.0.0.2"}, "back": null},
      "logging": {"driver": "json-file", "options": {"max-size": "10m", "max-file": 3}},
      "secrets": [{"source": "key", "target": "/key", "mode": "0400"}],
      "pull_policy": "missing", "scale": 2, "mem_swappiness": 60
    }
  },
  "networks": {"front": {"driver": "bridge", "internal": true, "ipam": {"config": [{"subnet": "10.0.0.0/24"}]}}, "back": {"external": true}},
  "secrets": {"key": {"file": "./key"}}
}"#;

const SERVICE: &str = r#"{
  "image": "tea", "container_name": "tea", "labels": {"a": "b"}, "tmpfs": ["/run"], "ulimits": {"nproc": 100, "nofile": {"soft": 1, "hard": 2}},
  "sysctls": {"net.core.somaxconn": 1024}, "entrypoint": ["/bin/tea", "-v"], "env_file": ".env", "extends": {"service": "base"},
  "dns": ["8.8.8.8"], "init": true, "stop_signal": "SIGTERM", "user": "1000", "x-extra": 1
}"#;
