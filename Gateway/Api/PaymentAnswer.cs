using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Receivables;

namespace OrleansBilling.Gateway.Api;

/// <summary>A payment as it is.</summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="RecordedAt">When it was told.</param>
/// <param name="Allocations">What it pays, by number of invoice.</param>
/// <param name="Unapplied">What pays nothing yet: it pays the next invoices.</param>
/// <param name="ReversedAt">When it went back; null while it did not.</param>
internal sealed record PaymentAnswer(
    string Id,
    Money Amount,
    Instant ReceivedAt,
    string? Method,
    string? Reference,
    Instant RecordedAt,
    PaymentAllocation[] Allocations,
    Money Unapplied,
    Instant? ReversedAt)
{
    public static PaymentAnswer Of(PaymentView view) => new(
        view.Payment.Id, view.Payment.Amount, view.Payment.ReceivedAt, view.Payment.Method, view.Payment.Reference, view.Payment.RecordedAt,
        view.Allocations, view.Unapplied, view.ReversedAt);
}
