namespace OrleansBilling.Core.Taxation.Data;

/// <summary>Which day's rate counts.</summary>
internal enum TaxPointRule
{
    /// <summary>The last day of the supply and the date of the invoice have to give the same rate; else the invoice is held. For
    /// countries whose law depends on what an invoice does not show, such as payments on account (Directive 2006/112/EC, Arts.
    /// 63–66).</summary>
    EndOrInvoice = 0,

    /// <summary>The last day of the supply, whenever it is invoiced or paid.</summary>
    SupplyEnd = 1,

    /// <summary>The date of the invoice.</summary>
    InvoiceDate = 2,

    /// <summary>The days before and after a change have each their rate: the amount is shared out by time.</summary>
    Split = 3,

    /// <summary>A period in which the rate rises has the old one; in which it falls, that of the day of the bill (Streamlined Sales and
    /// Use Tax Agreement, section 329).</summary>
    Streamlined = 4,
}
