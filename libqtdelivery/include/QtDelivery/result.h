// SPDX-FileCopyrightText: 2026 libqtdelivery contributors
// SPDX-License-Identifier: MIT

#pragma once

#include <QtDelivery/error.h>

#include <type_traits>
#include <utility>
#include <variant>

namespace QtDelivery {

/*! \brief A value, or the reason why there is none.

    \code
    if (const QtDelivery::Result<Order> order = QtDelivery::CborCodec<Order>::decode(payload))
        book(order->number());
    else
        qWarning() << order.error();
    \endcode */
template <typename T> class [[nodiscard]] Result
{
    static_assert(!std::is_same_v<T, Error> && !std::is_reference_v<T>);

public:
    /*! A result that has a value. */
    Result(T value)
        : m_content(std::in_place_index<0>, std::move(value))
    { }

    /*! A result that has none because of \a error, which must be one. */
    Result(Error error)
        : m_content(std::in_place_index<1>, std::move(error))
    {
        Q_ASSERT(std::get<1>(m_content).isError());
    }

    /*! True if there is a value. */
    [[nodiscard]] bool hasValue() const { return m_content.index() == 0; }

    /*! True if there \e is a value: the other way round than Error. */
    [[nodiscard]] explicit operator bool() const { return hasValue(); }

    /*! The value, which there must be. */
    [[nodiscard]] const T &operator*() const &
    {
        Q_ASSERT(hasValue());
        return *std::get_if<0>(&m_content);
    }
    /*! The same, to be moved from. */
    [[nodiscard]] T &&operator*() &&
    {
        Q_ASSERT(hasValue());
        return std::move(*std::get_if<0>(&m_content));
    }
    /*! Members of the value, which there must be. */
    [[nodiscard]] const T *operator->() const { return &**this; }

    /*! Why there is no value; no error if there is one. */
    [[nodiscard]] Error error() const
    {
        const Error *error = std::get_if<1>(&m_content);
        return error ? *error : Error();
    }

private:
    std::variant<T, Error> m_content;
};

} // namespace QtDelivery
