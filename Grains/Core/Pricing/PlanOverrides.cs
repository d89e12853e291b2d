using System.Security.Cryptography;

namespace OrleansBilling.Core.Pricing;

/// <summary>
/// What one subscription has agreed otherwise than its plan: terms of named charges, and discounts beside the plan's. The plan itself
/// stays what everybody else has. Two of the same content are equal.
/// </summary>
public sealed class PlanOverrides(IReadOnlyList<ChargeOverride> charges, IReadOnlyList<DiscountDefinition> discounts)
    : IEquatable<PlanOverrides>
{
    private const int KeyLength = 32;

    private string? _key;

    /// <summary>At most one for each charge of the plan.</summary>
    public IReadOnlyList<ChargeOverride> Charges { get; } = charges;

    /// <summary>Taken after the plan's own. Their periods are counted from the period in which the overrides begin.</summary>
    public IReadOnlyList<DiscountDefinition> Discounts { get; } = discounts;

    /// <summary>The same for the same content, and for no other: the first 128 bits of the SHA-256 of the canonical JSON, in
    /// hexadecimal.</summary>
    public string Key => _key ??= Convert.ToHexStringLower(SHA256.HashData(PlanOverridesJson.Serialize(this)))[..KeyLength];

    /// <summary>The plan with these terms.</summary>
    /// <remarks>Stored overrides are applied again for years: what this does may be added to, never changed.</remarks>
    public PlanDefinition ApplyTo(PlanDefinition plan) => plan with
    {
        Charges = [.. plan.Charges.Select(charge => Of(charge.Id)?.ApplyTo(charge) ?? charge)],
        Discounts = [.. plan.Discounts, .. Discounts],
    };

    /// <inheritdoc/>
    public bool Equals(PlanOverrides? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PlanOverrides);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>Whether a line of the bill is by these terms.</summary>
    internal bool Concerns(string lineId) => Of(lineId) is not null || IsDiscount(lineId);

    /// <summary>Whether a discount is one of these, and not of the plan.</summary>
    internal bool IsDiscount(string id) => Discounts.Any(discount => discount.Id == id);

    private ChargeOverride? Of(string charge) => Charges.FirstOrDefault(change => change.Charge == charge);
}
