namespace OrleansBilling.Core.Taxation;

/// <summary>Where tax is rounded to the minor unit.</summary>
public enum TaxRounding
{
    /// <summary>Once per jurisdiction, tax, category and rate of the invoice (EN 16931, BR-CO-17). Lines then get shares of it that add
    /// up. The default.</summary>
    PerInvoice = 0,

    /// <summary>On each line; the invoice's tax is the sum.</summary>
    PerLine = 1,
}
