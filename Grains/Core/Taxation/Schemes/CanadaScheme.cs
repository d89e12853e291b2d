namespace OrleansBilling.Core.Taxation.Schemes;

/// <summary>GST/HST (Excise Tax Act, Part IX), QST (Act respecting the Québec sales tax) and the provinces' retail sales taxes.</summary>
internal sealed class CanadaScheme : ITaxScheme
{
    private static readonly Dictionary<string, string> Provincial = new(StringComparer.Ordinal)
    {
        ["CA-QC"] = "QST", ["CA-BC"] = "PST", ["CA-SK"] = "PST", ["CA-MB"] = "PST",
    };

    private static readonly string[] Harmonized = ["CA-ON", "CA-NB", "CA-NL", "CA-NS", "CA-PE"];

    public string Tax => "GST";

    public IReadOnlyList<string> Rules =>
        ["ca.gst", "ca.provincial", "ca.inbound.business", "ca.inbound.not_obliged", "ca.inbound.goods", "ca.outbound"];

    public bool NeedsRegion(TaxSeller seller) => true;

    public Decision Domestic(Supply supply) => supply.Registered("CA", TaxRegistrationKind.Ordinary)
        ? Charged(supply)
        : supply.NotRegistered("CA", "GST/HST");

    public Decision Inbound(Supply supply)
    {
        if (supply.IsGoods)
        {
            return supply.IsBusiness
                ? new Decision.NotOwed("ca.inbound.goods")
                : supply.NotCovered("goods sent to consumers from abroad are not covered.");
        }
        if (supply.Registered("CA", TaxRegistrationKind.Ordinary))
        {
            return Charged(supply);
        }
        if (supply.IsBusiness)
        {
            switch (supply.Number("CA"))
            {
                case NumberState.Valid:
                    return new Decision.NotOwed("ca.inbound.business");
                case NumberState.Invalid:
                    return supply.NumberInvalid("business number of Canada");
            }
        }
        if (supply.Registered("CA", TaxRegistrationKind.ForeignSupplier))
        {
            return Charged(supply);
        }
        return supply.Registered("CA", TaxRegistrationKind.NotObliged)
            ? new Decision.NotOwed("ca.inbound.not_obliged")
            : supply.NotRegistered("CA", "GST/HST");
    }

    public Decision Outbound(Supply supply) => new Decision.Free(
        "CA", "GST", TaxCategory.Export, "ca.outbound", supply.IsGoods ? "export" : "export_of_services");

    private static Decision Charged(Supply supply)
    {
        var province = supply.Place.Region!;
        if (Harmonized.Contains(province))
        {
            return Decision.Charge("ca.gst", (province, "HST"));
        }
        if (!Provincial.TryGetValue(province, out var tax) || supply.Registered(province, TaxRegistrationKind.NotObliged))
        {
            return Decision.Charge("ca.gst", ("CA", "GST"));
        }
        return supply.Registered(province, TaxRegistrationKind.Ordinary, TaxRegistrationKind.ForeignSupplier)
            ? new Decision.Charged([new("CA", "GST", "ca.gst"), new(province, tax, "ca.provincial")])
            : supply.NotRegistered(province, tax);
    }
}
