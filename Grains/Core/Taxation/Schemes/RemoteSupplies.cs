namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>What GST countries have in common for services from abroad: registered businesses are not charged, all others
/// are.</summary>
internal static class RemoteSupplies
{
    /// <param name="country">Code and prefix of the rules, e.g. <c>AU</c> for <c>au.inbound.business</c>.</param>
    internal static Decision Inbound(Supply supply, string country, string tax, string number)
    {
        var prefix = country.ToLowerInvariant();
        if (supply.IsBusiness)
        {
            switch (supply.Number(country))
            {
                case NumberState.Valid:
                    return new Decision.NotOwed($"{prefix}.inbound.business") { Notes = Confirmed(supply) };
                case NumberState.Invalid:
                    return supply.NumberInvalid(number);
            }
        }
        if (supply.Registered(country, TaxRegistrationKind.Ordinary, TaxRegistrationKind.ForeignSupplier))
        {
            return Decision.Charge($"{prefix}.inbound.consumer", (country, tax));
        }
        return supply.Registered(country, TaxRegistrationKind.NotObliged)
            ? new Decision.NotOwed($"{prefix}.inbound.not_obliged")
            : supply.NotRegistered(country, tax);
    }

    private static string[] Confirmed(Supply supply) =>
        supply.Buyer.TaxNumberCheck == TaxNumberCheck.Confirmed ? [] : ["number_not_confirmed"];
}
