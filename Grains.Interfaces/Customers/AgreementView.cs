using NodaTime;
using OrleansBilling.Core.Agreements;

namespace OrleansBilling.Contracts.Customers;

/// <summary>An agreement as it is.</summary>
/// <param name="AgreedAt">The tenant's clock when it was made.</param>
[GenerateSerializer, Immutable, Alias("billing.agreement")]
public sealed record AgreementView([property: Id(0)] SpendAgreement Terms, [property: Id(1)] Instant AgreedAt);
