// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include "environment.h"
#include "scenario.h"

namespace QtDelivery::Simulation {

enum class Side { Producer, Consumer };

[[nodiscard]] constexpr Side other(Side side)
{
    return side == Side::Producer ? Side::Consumer : Side::Producer;
}

/*! What becomes of one frame: each copy arrives after its delay; no copy = it is lost. */
struct Fate
{
    struct Copy
    {
        Duration delay{};
        bool ordered = true; //!< false: later frames may overtake it
    };
    std::vector<Copy> copies;
};

/*! \brief Decides about every frame that is written. */
class Weather
{
public:
    virtual ~Weather() = default;
    [[nodiscard]] virtual Fate fate(Side from, const Frame &frame) = 0;
    virtual void clearUp() { }
};

/*! \brief Frames are lost, doubled, late and overtaken by chance, as the plan says. */
class RandomWeather final : public Weather
{
public:
    RandomWeather(Environment &environment, const FaultPlan &plan);

    [[nodiscard]] Fate fate(Side from, const Frame &frame) override;
    /*! Only the delay stays. */
    void clearUp() override { m_faulty = false; }

private:
    [[nodiscard]] bool isDropped(Side from, const Frame &frame);

    Environment &m_environment;
    const FaultPlan &m_plan;
    bool m_faulty = true;
    double m_dropToConsumer;
    double m_dropToProducer;
    double m_duplicate;
    double m_reorder;
};

} // namespace QtDelivery::Simulation
