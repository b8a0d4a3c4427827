"""Systems as files: tables in XLSX as officials draw them, forms in XLSForm; in and out."""
