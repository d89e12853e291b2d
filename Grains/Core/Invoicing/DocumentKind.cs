namespace OrleansBilling.Core.Invoicing;

/// <summary>What is numbered and chained. The names are stored.</summary>
public enum DocumentKind
{
    /// <summary>Asks for money, or below zero promises it.</summary>
    Invoice,

    /// <summary>Takes back a part or all of an invoice.</summary>
    CreditNote,
}
