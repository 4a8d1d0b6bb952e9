import "../../ui/style.css";
