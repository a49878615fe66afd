// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

namespace QtDelivery::MonitorKeys {

// Numbers on the wire; doc/monitor-protocol.md. Never used again for anything else.

constexpr int Type = 0; // of every frame
constexpr int HelloType = 1;
constexpr int UpdateType = 2;
constexpr int ChallengeType = 3;
constexpr int ProcessProofType = 4;
constexpr int RequestType = 16;
constexpr int WatcherProofType = 17;

constexpr int HelloVersion = 1;
constexpr int HelloPid = 2;
constexpr int HelloProgram = 3;
constexpr int HelloNodeId = 4;
constexpr int HelloClock = 5;
constexpr int HelloWallClock = 6;

constexpr int UpdateClock = 1;
constexpr int UpdateComplete = 2;
constexpr int UpdateItems = 3;

constexpr int SectionFlow = 1;
constexpr int SectionRemovedFlow = 2;
constexpr int SectionLink = 3;
constexpr int SectionRemovedLink = 4;
constexpr int SectionEvent = 5;
constexpr int SectionRefusals = 6;

constexpr int EventFlow = 6; // beside the event's own members

constexpr int RequestRecorded = 1;

constexpr int ChallengeNonce = 1;

constexpr int ProcessProofProof = 1;

constexpr int WatcherProofNonce = 1;
constexpr int WatcherProofProof = 2;

} // namespace QtDelivery::MonitorKeys
