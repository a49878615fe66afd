// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#include "weather.h"

namespace QtDelivery::Simulation {

namespace {

/*! Frame::index() by type; the two orders differ. */
FrameType typeOf(const Frame &frame)
{
    static constexpr FrameType Types[] = {
        FrameType{},       FrameType::Hello,    FrameType::Close,    FrameType::Ping,
        FrameType::Pong,   FrameType::Offer,    FrameType::Withdraw, FrameType::Invite,
        FrameType::Attach, FrameType::Attached, FrameType::Message,  FrameType::Request,
        FrameType::Resend, FrameType::Sent,     FrameType::Detach,   FrameType::Range,
        FrameType::Skip,   FrameType::Proof};
    static_assert(std::size(Types) == std::variant_size_v<Frame>);
    return Types[frame.index()];
}

} // namespace

RandomWeather::RandomWeather(Environment &environment, const FaultPlan &plan)
    : m_environment(environment)
    , m_plan(plan)
{
    const auto draw = [&](Chances chances) {
        return environment.rng.between(chances.from, chances.to);
    };
    m_dropToConsumer = draw(plan.dropToConsumer);
    m_dropToProducer = draw(plan.dropToProducer);
    m_duplicate = draw(plan.duplicate);
    m_reorder = draw(plan.reorder);
}

bool RandomWeather::isDropped(Side from, const Frame &frame)
{
    const auto &types = m_plan.droppable;
    if (from == Side::Producer && std::holds_alternative<DetachFrame>(frame))
        return false; // nobody would ever tell the loser
    if (!types.empty() && std::find(types.begin(), types.end(), typeOf(frame)) == types.end())
        return false;
    const auto *message = std::get_if<MessageFrame>(&frame);
    if (message && message->seqNr <= m_plan.spareUpTo)
        return false;
    return m_environment.rng.chance(from == Side::Producer ? m_dropToConsumer : m_dropToProducer);
}

Fate RandomWeather::fate(Side from, const Frame &frame)
{
    Rng &rng = m_environment.rng;
    Fate fate;
    const auto addCopy = [&](bool ordered) {
        const Duration usual = m_plan.delayMin + rng.upTo(m_plan.delayMax - m_plan.delayMin);
        fate.copies.push_back({ordered ? usual : usual + rng.upTo(m_plan.reorderBy), ordered});
    };
    const bool spared = std::holds_alternative<HelloFrame>(frame)
        || std::holds_alternative<OfferFrame>(frame)
        || std::holds_alternative<WithdrawFrame>(frame);
    if (spared || !m_faulty) {
        addCopy(true);
        return fate;
    }
    if (isDropped(from, frame))
        return fate;
    addCopy(!rng.chance(m_reorder));
    if (rng.chance(m_duplicate))
        addCopy(!rng.chance(m_reorder));
    return fate;
}

} // namespace QtDelivery::Simulation
